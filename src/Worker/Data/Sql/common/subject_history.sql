-- Every change of the decisions about a subject that was not taken back, with findings, oldest run first, in the order of the rule sets.
SELECT h.rule_set, r.business_date, r.job, h.run_id, c.name AS change, h.outcome, h.codes, h.details, h.findings, p.hash
FROM decision_history h
JOIN change_kind c ON c.change_kind = h.change_kind
JOIN run r ON r.run_id = h.run_id
JOIN policy_pack p ON p.pack_id = r.pack_id
WHERE h.customer_id = @customerId AND h.rule_set BETWEEN 1 AND 7 AND h.subject_type = @subjectType
  AND h.subject_id = @id
  AND h.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
ORDER BY h.run_id, h.rule_set
