-- The date of a run that is taken back can be run afresh.
UPDATE run SET status = 'Abandoned' WHERE run_id = @runId
