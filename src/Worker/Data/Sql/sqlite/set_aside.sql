INSERT INTO quarantine (run_id, phase, customer_id, error, fact, rule_code, parameter, set_aside)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
