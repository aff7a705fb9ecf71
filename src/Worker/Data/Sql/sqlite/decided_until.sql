-- The decisions of payment and reconciliation about a request or a payment up to a run that were not taken back, the first first.
-- That subject_type is between 3 and 4 is said for the sake of the index, which holds only these.
SELECT c.rule_set, c.change_kind, c.outcome, c.codes, c.details, c.findings, r.business_date
FROM decision_history c
JOIN run r ON r.run_id = c.run_id
WHERE c.subject_type = @subjectType AND c.subject_type >= 3 AND c.subject_type <= 4 AND c.subject_id = @id AND c.rule_set IN (5, 6)
  AND c.run_id <= @runId AND c.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
ORDER BY c.rule_set, c.run_id, c.change_kind DESC
