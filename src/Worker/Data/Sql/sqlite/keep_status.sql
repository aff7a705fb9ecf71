-- The status of a voucher, before a run writes over it.
INSERT INTO voucher_status_before (run_id, voucher_id, status)
SELECT ?1, voucher_id, status FROM voucher WHERE voucher_id = ?2
