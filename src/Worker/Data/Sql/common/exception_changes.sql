-- What can begin or end an exception: every change of a reconciliation, and of a decision on a payment request, up to a run, that was
-- not taken back. What ended for one customer and was decided for another in the same run ended first.
SELECT h.subject_type, h.subject_id, h.rule_set, h.run_id, r.business_date, h.change_kind, h.outcome, h.codes, h.details
FROM decision_history h
JOIN run r ON r.run_id = h.run_id
WHERE (h.rule_set = 5 AND h.subject_type = 3 OR h.rule_set = 6) AND h.run_id <= @runId
  AND h.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
ORDER BY h.subject_type, h.subject_id, h.run_id, h.change_kind DESC, h.rule_set
