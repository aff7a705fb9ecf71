-- The money of payments for each reconciliation outcome and currency, but for customers that the run set aside.
SELECT d.outcome, p.currency, count(*) AS payments, sum(p.amount_cents) AS amount
FROM decision d
JOIN payment p ON p.payment_id = d.subject_id
WHERE d.rule_set = 6 AND d.subject_type = 4
  AND d.customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
GROUP BY d.outcome, p.currency
ORDER BY d.outcome, p.currency
