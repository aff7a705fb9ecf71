-- The decisions as they stood after a run, of all rule sets and outcomes or of one, sorted as the current ones are: of each
-- subject the latest change up to the run that was not taken back. A subject that came to another customer may have ended there
-- and been decided here in one run.
SELECT s.name AS rule_set, t.name AS subject, d.subject_id, d.outcome, d.codes, d.details
FROM (
    SELECT h.rule_set, h.subject_type, h.subject_id, h.change_kind, h.outcome, h.codes, h.details,
           row_number() OVER (PARTITION BY h.rule_set, h.subject_type, h.subject_id
                              ORDER BY h.run_id DESC, h.change_kind) AS change_no
    FROM decision_history h
    WHERE h.run_id <= @runId
      AND h.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
) d
JOIN rule_set s ON s.rule_set = d.rule_set
JOIN subject_type t ON t.subject_type = d.subject_type
WHERE d.change_no = 1 AND d.change_kind <> 3
  AND (@ruleSet IS NULL OR s.name = @ruleSet) AND (@outcome IS NULL OR d.outcome = @outcome)
ORDER BY s.name, t.name, d.subject_id, d.outcome, d.codes, d.details
