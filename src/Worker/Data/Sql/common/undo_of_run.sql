-- Who took a run back, when and why.
SELECT run_id, undo_run_id, by_name, reason, at FROM run_undo WHERE run_id = @runId
