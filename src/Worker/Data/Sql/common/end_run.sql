-- A run at work ends, or stops.
UPDATE run
SET status = @status, error = @error, finished_at = @now
WHERE run_id = @runId AND status = 'InProgress'
