-- A decision that no longer applies.
DELETE FROM decision
WHERE customer_id = ?1 AND rule_set = ?2 AND subject_type = ?3 AND subject_id = ?4
