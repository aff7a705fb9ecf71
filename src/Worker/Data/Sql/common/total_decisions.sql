-- All current decisions by rule set, subject and outcome, with what the sums of days and money are taken from; those that belong to who the run set aside apart.
SELECT d.rule_set, d.subject_type, d.outcome,
       CASE WHEN d.rule_set = 3 OR d.rule_set = 6 AND (d.subject_type = 3 OR d.outcome = 'PartlyMatched') THEN d.details END AS details,
       coalesce(q.currency, p.currency) AS currency,
       count(*) AS decisions, sum(p.amount) AS amount,
       CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END AS set_aside
FROM decision d
LEFT JOIN payment_request q ON q.request_id = CASE WHEN d.rule_set = 6 AND d.subject_type = 3 THEN d.subject_id END
LEFT JOIN payment p ON p.payment_id = CASE WHEN d.rule_set = 6 AND d.subject_type = 4 THEN d.subject_id END
LEFT JOIN quarantine s ON s.run_id = @runId AND s.customer_id = d.customer_id
    AND s.phase = CASE WHEN d.subject_type = 5 THEN 'Partners' ELSE 'Customers' END
GROUP BY d.rule_set, d.subject_type, d.outcome,
         CASE WHEN d.rule_set = 3 OR d.rule_set = 6 AND (d.subject_type = 3 OR d.outcome = 'PartlyMatched') THEN d.details END,
         coalesce(q.currency, p.currency),
         CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END
