-- The status of vouchers as it was before a run.
UPDATE voucher
SET status = (SELECT b.status FROM voucher_status_before b
              WHERE b.run_id = @runId AND b.voucher_id = voucher.voucher_id)
WHERE voucher_id IN (SELECT voucher_id FROM voucher_status_before WHERE run_id = @runId)
