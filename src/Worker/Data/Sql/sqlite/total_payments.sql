-- The money of payments for each reconciliation outcome and currency; that of customers that the run set aside apart.
SELECT d.outcome, p.currency, count(*) AS payments, sum(p.amount_cents) AS amount,
       CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END AS set_aside
FROM decision d
JOIN payment p ON p.payment_id = d.subject_id
LEFT JOIN quarantine s ON s.run_id = @runId AND s.phase = 'Customers' AND s.customer_id = d.customer_id
WHERE d.rule_set = 6 AND d.subject_type = 4
GROUP BY d.outcome, p.currency, CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END
ORDER BY d.outcome, p.currency
