-- Decisions that no longer apply.
DELETE FROM decision d
USING unnest(@customerIds, @ruleSets, @subjectTypes, @subjectIds)
    AS t (customer_id, rule_set, subject_type, subject_id)
WHERE d.customer_id = t.customer_id AND d.rule_set = t.rule_set AND d.subject_type = t.subject_type
  AND d.subject_id = t.subject_id
