INSERT INTO undo_point (run_id) VALUES (@runId)
