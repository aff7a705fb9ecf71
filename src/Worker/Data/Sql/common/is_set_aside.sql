-- Whether a run set a customer aside, who was not decided again since.
SELECT 1
FROM quarantine
WHERE run_id = @runId AND phase = 'Customers' AND customer_id = @id AND retried_at IS NULL
