-- A run that stopped goes on, in its next attempt.
UPDATE run
SET attempt = attempt + 1, status = 'InProgress', error = NULL, finished_at = NULL
WHERE run_id = @runId
