SELECT customer_id, error FROM quarantine WHERE run_id = @runId ORDER BY customer_id
