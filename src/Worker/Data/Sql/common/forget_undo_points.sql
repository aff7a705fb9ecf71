-- What runs up to one wrote over is needed no more.
DELETE FROM undo_point WHERE run_id <= @runId
