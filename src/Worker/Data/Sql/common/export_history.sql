-- Every change of a decision that was not taken back, by business date, then job, then as the decisions are sorted.
SELECT r.business_date, r.job, s.name AS rule_set, t.name AS subject, h.subject_id, c.name AS change, h.outcome,
       h.codes, h.details, p.hash
FROM decision_history h
JOIN rule_set s ON s.rule_set = h.rule_set
JOIN subject_type t ON t.subject_type = h.subject_type
JOIN change_kind c ON c.change_kind = h.change_kind
JOIN run r ON r.run_id = h.run_id
JOIN policy_pack p ON p.pack_id = r.pack_id
WHERE h.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
ORDER BY r.business_date, r.job, s.name, t.name, h.subject_id, c.name, h.outcome, h.codes, h.details, p.hash
