-- Decisions, before a run writes over them.
INSERT INTO decision_before
    (run_id, rule_set, subject_type, subject_id, customer_id, outcome, codes, details, findings, decided_by)
SELECT @runId, d.rule_set, d.subject_type, d.subject_id, d.customer_id, d.outcome, d.codes, d.details, d.findings, d.run_id
FROM unnest(@customerIds, @ruleSets, @subjectTypes, @subjectIds)
    AS t (customer_id, rule_set, subject_type, subject_id)
JOIN decision d ON d.customer_id = t.customer_id AND d.rule_set = t.rule_set AND d.subject_type = t.subject_type
    AND d.subject_id = t.subject_id
