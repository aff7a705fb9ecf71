SELECT count(*) AS customers FROM run_due WHERE run_id = @runId AND phase = 'Customers' AND customer_id <> ''
