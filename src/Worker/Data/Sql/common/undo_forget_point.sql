-- What a run wrote over is put back.
DELETE FROM undo_point WHERE run_id = @runId
