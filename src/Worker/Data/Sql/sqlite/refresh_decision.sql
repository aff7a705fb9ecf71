-- A decision of which only evaluated_on moved: the run that last changed it stays.
UPDATE decision SET outcome = ?5, codes = ?6, details = ?7, findings = ?8
WHERE customer_id = ?1 AND rule_set = ?2 AND subject_type = ?3 AND subject_id = ?4
