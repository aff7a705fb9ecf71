UPDATE run
SET status = 'Abandoned', finished_at = @now
WHERE run_id = @runId AND status IN ('InProgress', 'Interrupted', 'Failed')
