-- The sum of the days ledger, but for customers that the run set aside.
SELECT coalesce(sum(l.days), 0) AS days
FROM days_ledger l
JOIN agreement a ON a.agreement_id = l.agreement_id
WHERE a.customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
