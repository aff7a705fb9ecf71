-- What a run changed, customer by customer after one.
SELECT h.customer_id, h.rule_set, h.subject_type, h.subject_id, c.name AS change, h.outcome, h.codes, h.details, h.findings
FROM decision_history h
JOIN change_kind c ON c.change_kind = h.change_kind
WHERE h.run_id = @runId AND h.customer_id > @after
ORDER BY h.customer_id, h.rule_set, h.subject_type, h.subject_id
