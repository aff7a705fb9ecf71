-- What a run wrote over is put back.
DELETE FROM voucher_status_before WHERE run_id = @runId
