-- The status of vouchers, before a run writes over it.
INSERT INTO voucher_status_before (run_id, voucher_id, status)
SELECT @runId, v.voucher_id, v.status
FROM unnest(@voucherIds) AS t (voucher_id)
JOIN voucher v ON v.voucher_id = t.voucher_id
