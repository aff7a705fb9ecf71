INSERT INTO run_attempt (run_id, attempt, owner, started_at)
VALUES (@runId, @attempt, @owner, @now)
