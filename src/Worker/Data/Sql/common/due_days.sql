-- The sum of the days ledger of the customers that are due in an ordinary night.
SELECT coalesce(sum(l.days), 0) AS days, 0 AS set_aside
FROM run_due s
JOIN agreement a ON a.customer_id = s.customer_id
JOIN days_ledger l ON l.agreement_id = a.agreement_id
WHERE s.run_id = @runId AND s.phase = 'Customers'
