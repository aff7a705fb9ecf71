-- Every booking of days that was not taken back, by business date, job, agreement and voucher.
SELECT r.business_date, r.job, l.agreement_id, l.voucher_id, l.days, l.reason
FROM days_ledger l
JOIN run r ON r.run_id = l.run_id
WHERE l.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
ORDER BY r.business_date, r.job, l.agreement_id, l.voucher_id, l.days
