-- The same of the payment request and the payment with an id, whoever they belonged to when they were decided.
SELECT h.subject_type, h.subject_id, h.rule_set, h.run_id, r.business_date, h.change_kind, h.outcome, h.codes, h.details
FROM decision_history h
JOIN run r ON r.run_id = h.run_id
WHERE h.subject_type IN (3, 4) AND h.subject_type >= 3 AND h.subject_type <= 4 AND h.subject_id = @id
  AND h.rule_set IN (5, 6) AND h.run_id <= @runId
  AND h.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
ORDER BY h.subject_type, h.subject_id, h.run_id, h.change_kind DESC, h.rule_set
