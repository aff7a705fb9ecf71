-- Current decisions for each rule set, subject and outcome; those of customers and partners that the run set aside apart.
SELECT d.rule_set, d.subject_type, d.outcome, count(*) AS decisions,
       CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END AS set_aside
FROM decision d
LEFT JOIN quarantine s ON s.run_id = @runId AND s.customer_id = d.customer_id
    AND s.phase = CASE WHEN d.subject_type = 5 THEN 'Partners' ELSE 'Customers' END
GROUP BY d.rule_set, d.subject_type, d.outcome, CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END
ORDER BY d.rule_set, d.subject_type, d.outcome
