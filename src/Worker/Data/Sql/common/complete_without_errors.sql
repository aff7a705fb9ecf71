-- No customer of the run is set aside any more.
UPDATE run SET status = 'Completed' WHERE run_id = @runId AND status = 'CompletedWithErrors'
