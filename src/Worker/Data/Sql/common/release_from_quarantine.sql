UPDATE quarantine SET retried_at = @now
WHERE run_id = @runId AND phase = @phase AND customer_id = @customerId AND retried_at IS NULL
