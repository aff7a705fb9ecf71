-- What can begin or end an exception: every change of a reconciliation, and of a decision on a payment request, up to a run, that was
-- not taken back; of payment requests or of payments, of those after one. What ended for one customer and was decided for another in
-- the same run ended first. That subject_type is between 3 and 4 is said for the sake of the index, which holds only these.
SELECT h.subject_type, h.subject_id, h.rule_set, h.run_id, r.business_date, h.change_kind, h.outcome, h.codes, h.details
FROM decision_history h
JOIN run r ON r.run_id = h.run_id
WHERE h.subject_type = @subjectType AND h.subject_type >= 3 AND h.subject_type <= 4 AND h.subject_id > @after
  AND h.rule_set IN (5, 6) AND h.run_id <= @runId
  AND h.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
ORDER BY h.subject_id, h.run_id, h.change_kind DESC, h.rule_set
