-- The sum of the days ledger; that of customers that the run set aside apart.
SELECT sum(l.days) AS days, CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END AS set_aside
FROM days_ledger l
JOIN agreement a ON a.agreement_id = l.agreement_id
LEFT JOIN quarantine s ON s.run_id = @runId AND s.phase = 'Customers' AND s.customer_id = a.customer_id
GROUP BY CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END
