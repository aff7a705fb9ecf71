-- What runs up to one wrote over is needed no more.
DELETE FROM voucher_status_before WHERE run_id <= @runId
