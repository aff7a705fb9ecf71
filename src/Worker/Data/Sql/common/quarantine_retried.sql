-- The customers that a run set aside and that were decided again since.
SELECT customer_id, retried_at FROM quarantine WHERE run_id = @runId AND retried_at IS NOT NULL ORDER BY customer_id
