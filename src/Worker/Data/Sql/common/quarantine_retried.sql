-- The customers and partners that a run set aside and that were decided again since.
SELECT phase, customer_id, retried_at
FROM quarantine
WHERE run_id = @runId AND retried_at IS NOT NULL
ORDER BY phase, customer_id
