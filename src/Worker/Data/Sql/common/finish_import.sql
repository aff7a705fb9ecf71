UPDATE import_run SET status = @status, finished_at = @now WHERE import_id = @importId
