-- The latest change of each decision says all that is decided now: evaluated_on used to move every night without one.

UPDATE decision_history
SET details = coalesce((
    SELECT CASE WHEN v.status = 'Redeemed' THEN d.details ELSE '' END
    FROM voucher v
    JOIN agreement a ON a.agreement_id = v.agreement_id
    JOIN decision d ON d.customer_id = a.customer_id AND d.rule_set = 4 AND d.subject_type = 1
        AND d.subject_id = v.voucher_id
    WHERE v.voucher_id = decision_history.subject_id
), details)
WHERE rule_set = 4 AND details <> ''
  AND run_id = (
    SELECT max(o.run_id) FROM decision_history o
    WHERE o.customer_id = decision_history.customer_id AND o.rule_set = 4 AND o.subject_type = 1
      AND o.subject_id = decision_history.subject_id
      AND o.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
  );
