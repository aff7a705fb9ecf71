UPDATE voucher v
SET status = t.status
FROM unnest(@voucherIds, @statuses) AS t (voucher_id, status)
WHERE v.voucher_id = t.voucher_id
