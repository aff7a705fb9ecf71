-- Every booking of days, by business date, job, agreement and voucher.
SELECT r.business_date, r.job, l.agreement_id, l.voucher_id, l.days, l.reason
FROM days_ledger l
JOIN run r ON r.run_id = l.run_id
ORDER BY r.business_date, r.job, l.agreement_id, l.voucher_id, l.days
