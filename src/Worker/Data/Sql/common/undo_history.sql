-- The contrary of each change of a run: what it decided ends, what it changed or ended is as before.
INSERT INTO decision_history
    (customer_id, rule_set, subject_type, subject_id, run_id, change_kind, outcome, codes, details, findings)
SELECT h.customer_id, h.rule_set, h.subject_type, h.subject_id, @undoRunId,
       CASE WHEN b.run_id IS NULL THEN 3 WHEN h.change_kind = 3 THEN 1 ELSE 2 END,
       coalesce(b.outcome, ''), coalesce(b.codes, ''), coalesce(b.details, ''), b.findings
FROM decision_history h
LEFT JOIN decision_before b ON b.run_id = h.run_id AND b.rule_set = h.rule_set AND b.subject_type = h.subject_type
    AND b.subject_id = h.subject_id AND b.customer_id = h.customer_id
WHERE h.run_id = @runId
