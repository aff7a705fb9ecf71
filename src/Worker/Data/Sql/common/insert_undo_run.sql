-- The run that takes another back; its rows in history and ledger are the contrary of the other's.
INSERT INTO run (job, business_date, status, pack_id, attempt, started_at, finished_at)
SELECT 'undo', business_date, 'Abandoned', pack_id, 1, @now, @now
FROM run
WHERE run_id = @runId
RETURNING run_id
