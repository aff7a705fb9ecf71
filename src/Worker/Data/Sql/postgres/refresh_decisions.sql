-- Decisions of which only evaluated_on moved: the run that last changed them stays.
UPDATE decision d
SET outcome = t.outcome, codes = t.codes, details = t.details, findings = t.findings
FROM unnest(@customerIds, @ruleSets, @subjectTypes, @subjectIds, @outcomes, @codes, @details, @findings)
    AS t (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings)
WHERE d.customer_id = t.customer_id AND d.rule_set = t.rule_set AND d.subject_type = t.subject_type
  AND d.subject_id = t.subject_id
