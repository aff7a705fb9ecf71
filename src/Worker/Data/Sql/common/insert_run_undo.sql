INSERT INTO run_undo (run_id, undo_run_id, by_name, reason, at) VALUES (@runId, @undoRunId, @by, @reason, @now)
