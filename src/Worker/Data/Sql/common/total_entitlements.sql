-- How many agreements have the same details, which say what became of their days; but for customers set aside.
SELECT details, count(*) AS agreements
FROM decision
WHERE rule_set = 3 AND customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
GROUP BY details
