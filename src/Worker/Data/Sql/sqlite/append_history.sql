INSERT INTO decision_history
    (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id, change_kind)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
