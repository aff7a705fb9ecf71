-- How many payment requests have the same outcome, currency and details, which say how much is approved and paid;
-- those of customers that the run set aside apart.
SELECT d.outcome, q.currency, d.details, count(*) AS requests,
       CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END AS set_aside
FROM decision d
JOIN payment_request q ON q.request_id = d.subject_id
LEFT JOIN quarantine s ON s.run_id = @runId AND s.phase = 'Customers' AND s.customer_id = d.customer_id
WHERE d.rule_set = 6 AND d.subject_type = 3
GROUP BY d.outcome, q.currency, d.details, CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END
ORDER BY d.outcome, q.currency, d.details
