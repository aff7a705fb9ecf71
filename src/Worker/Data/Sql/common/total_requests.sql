-- How many payment requests have the same outcome, currency and details, which say how much is approved and paid;
-- but for customers that the run set aside.
SELECT d.outcome, q.currency, d.details, count(*) AS requests
FROM decision d
JOIN payment_request q ON q.request_id = d.subject_id
WHERE d.rule_set = 6 AND d.subject_type = 3
  AND d.customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
GROUP BY d.outcome, q.currency, d.details
ORDER BY d.outcome, q.currency, d.details
