-- What a run wrote over is put back.
DELETE FROM decision_before WHERE run_id = @runId
