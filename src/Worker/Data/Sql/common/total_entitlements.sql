-- How many agreements have the same details, which say what became of their days; those of customers set aside apart.
SELECT d.details, count(*) AS agreements, CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END AS set_aside
FROM decision d
LEFT JOIN quarantine s ON s.run_id = @runId AND s.phase = 'Customers' AND s.customer_id = d.customer_id
WHERE d.rule_set = 3
GROUP BY d.details, CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END
