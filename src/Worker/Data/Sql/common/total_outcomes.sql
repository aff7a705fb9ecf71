-- Current decisions for each rule set, subject and outcome, but for customers that the run set aside.
SELECT rule_set, subject_type, outcome, count(*) AS decisions
FROM decision
WHERE customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
GROUP BY rule_set, subject_type, outcome
ORDER BY rule_set, subject_type, outcome
