-- What a run decided or changed; a subject may have come to another customer since.
DELETE FROM decision
WHERE run_id = @runId
   OR EXISTS (SELECT 1 FROM decision_before b
              WHERE b.run_id = @runId AND b.rule_set = decision.rule_set
                AND b.subject_type = decision.subject_type AND b.subject_id = decision.subject_id)
