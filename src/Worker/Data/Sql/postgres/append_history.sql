INSERT INTO decision_history
    (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id, change_kind)
SELECT t.customer_id, t.rule_set, t.subject_type, t.subject_id, t.outcome, t.codes, t.details, t.findings, @runId,
       t.change_kind
FROM unnest(@customerIds, @ruleSets, @subjectTypes, @subjectIds, @outcomes, @codes, @details, @findings, @changeKinds)
    AS t (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, change_kind)
