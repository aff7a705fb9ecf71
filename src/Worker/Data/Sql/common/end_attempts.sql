-- The attempt at a run that has not ended yet.
UPDATE run_attempt
SET ended = @ended, error = @error, finished_at = @now
WHERE run_id = @runId AND ended IS NULL
