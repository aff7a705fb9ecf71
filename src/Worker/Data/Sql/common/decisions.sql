-- The current decisions of a range of customers, without their findings.
SELECT customer_id, rule_set, subject_type, subject_id, outcome, codes, details
FROM decision
WHERE customer_id >= @from AND customer_id <= @to AND subject_type <> 5
ORDER BY customer_id, rule_set, subject_type, subject_id
