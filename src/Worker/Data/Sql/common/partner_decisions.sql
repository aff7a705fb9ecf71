-- The current decisions of a range of partners, without their findings.
SELECT customer_id, rule_set, subject_type, subject_id, outcome, codes, details
FROM decision
WHERE customer_id >= @from AND customer_id <= @to AND rule_set = 7 AND subject_type = 5
ORDER BY customer_id, subject_id
