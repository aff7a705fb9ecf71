INSERT INTO quarantine (run_id, phase, customer_id, error, fact, rule_code, parameter, set_aside)
SELECT @runId, t.phase, t.customer_id, t.error, t.fact, t.rule_code, t.parameter, t.set_aside
FROM unnest(@phases, @customerIds, @errors, @facts, @ruleCodes, @parameters, @setAside)
    AS t (phase, customer_id, error, fact, rule_code, parameter, set_aside)
