-- The current decisions, of all rule sets and outcomes or of one, sorted ordinally by all columns.
SELECT s.name AS rule_set, t.name AS subject, d.subject_id, d.outcome, d.codes, d.details
FROM decision d
JOIN rule_set s ON s.rule_set = d.rule_set
JOIN subject_type t ON t.subject_type = d.subject_type
WHERE (@ruleSet IS NULL OR s.name = @ruleSet) AND (@outcome IS NULL OR d.outcome = @outcome)
ORDER BY s.name, t.name, d.subject_id, d.outcome, d.codes, d.details
