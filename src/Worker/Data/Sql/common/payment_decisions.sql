-- The current decisions of a range of payments that name no request.
SELECT customer_id, rule_set, subject_type, subject_id, outcome, codes, details
FROM decision
WHERE customer_id = '' AND rule_set = 6 AND subject_type = 4 AND subject_id >= @from AND subject_id <= @to
ORDER BY subject_id
