-- Decisions that are new or changed become the current ones.
INSERT INTO decision
    (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id)
SELECT t.customer_id, t.rule_set, t.subject_type, t.subject_id, t.outcome, t.codes, t.details, t.findings, @runId
FROM unnest(@customerIds, @ruleSets, @subjectTypes, @subjectIds, @outcomes, @codes, @details, @findings)
    AS t (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings)
ON CONFLICT (customer_id, rule_set, subject_type, subject_id) DO UPDATE
SET outcome = excluded.outcome, codes = excluded.codes, details = excluded.details,
    findings = excluded.findings, run_id = excluded.run_id
