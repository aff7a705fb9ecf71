SELECT run_id, attempt, owner, started_at, finished_at, ended, error
FROM run_attempt
WHERE run_id = @runId
ORDER BY attempt
