-- What runs up to one wrote over is needed no more.
DELETE FROM decision_before WHERE run_id <= @runId
