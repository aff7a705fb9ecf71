SELECT count(*) AS customers FROM quarantine WHERE run_id = @runId AND retried_at IS NULL
