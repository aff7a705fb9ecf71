INSERT INTO days_ledger (agreement_id, voucher_id, run_id, days, reason)
SELECT t.agreement_id, t.voucher_id, @runId, t.days, CASE WHEN t.days > 0 THEN 'returned' ELSE 'reversed' END
FROM unnest(@agreementIds, @voucherIds, @days) AS t (agreement_id, voucher_id, days)
