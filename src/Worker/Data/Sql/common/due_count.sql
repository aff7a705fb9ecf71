SELECT count(*) AS customers FROM run_due WHERE run_id = @runId AND phase = @phase AND customer_id <> ''
