-- A decision that is new or changed becomes the current one.
INSERT INTO decision
    (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (customer_id, rule_set, subject_type, subject_id) DO UPDATE
SET outcome = excluded.outcome, codes = excluded.codes, details = excluded.details,
    findings = excluded.findings, run_id = excluded.run_id
