INSERT INTO quarantine (run_id, customer_id, error, fact, rule_code, parameter, set_aside)
SELECT @runId, t.customer_id, t.error, t.fact, t.rule_code, t.parameter, t.set_aside
FROM unnest(@customerIds, @errors, @facts, @ruleCodes, @parameters, @setAside)
    AS t (customer_id, error, fact, rule_code, parameter, set_aside)
