UPDATE run SET review_mark = @mark WHERE run_id = @runId
