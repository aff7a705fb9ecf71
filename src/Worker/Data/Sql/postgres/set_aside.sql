INSERT INTO quarantine (run_id, customer_id, error)
SELECT @runId, t.customer_id, t.error
FROM unnest(@customerIds, @errors) AS t (customer_id, error)
