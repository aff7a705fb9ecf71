-- A decision, before a run writes over it.
INSERT INTO decision_before
    (run_id, rule_set, subject_type, subject_id, customer_id, outcome, codes, details, findings, decided_by)
SELECT ?5, rule_set, subject_type, subject_id, customer_id, outcome, codes, details, findings, run_id
FROM decision
WHERE customer_id = ?1 AND rule_set = ?2 AND subject_type = ?3 AND subject_id = ?4
