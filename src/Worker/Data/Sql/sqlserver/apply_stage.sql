-- What a chunk changes comes into the tables. Kinds of changes: 1 decided, 2 changed, 3 ended.

-- What is written over is kept as it was.
INSERT INTO decision_before
    (run_id, rule_set, subject_type, subject_id, customer_id, outcome, codes, details, findings, decided_by)
SELECT @runId, d.rule_set, d.subject_type, d.subject_id, d.customer_id, d.outcome, d.codes, d.details, d.findings, d.run_id
FROM decision d
JOIN #staged_change s ON s.customer_id = d.customer_id AND s.rule_set = d.rule_set
    AND s.subject_type = d.subject_type AND s.subject_id = d.subject_id
WHERE s.change_kind <> 1;

INSERT INTO voucher_status_before (run_id, voucher_id, status)
SELECT @runId, v.voucher_id, v.status
FROM voucher v
JOIN #staged_status s ON s.voucher_id = v.voucher_id;

-- Decisions that are new or changed become the current ones.
UPDATE d
SET outcome = s.outcome, codes = s.codes, details = s.details, findings = s.findings, run_id = @runId
FROM decision d
JOIN #staged_change s ON s.customer_id = d.customer_id AND s.rule_set = d.rule_set
    AND s.subject_type = d.subject_type AND s.subject_id = d.subject_id
WHERE s.change_kind IN (1, 2);

INSERT INTO decision
    (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id)
SELECT s.customer_id, s.rule_set, s.subject_type, s.subject_id, s.outcome, s.codes, s.details, s.findings, @runId
FROM #staged_change s
WHERE s.change_kind IN (1, 2)
  AND NOT EXISTS (SELECT 1 FROM decision d
                  WHERE d.customer_id = s.customer_id AND d.rule_set = s.rule_set
                    AND d.subject_type = s.subject_type AND d.subject_id = s.subject_id);

-- Decisions that no longer apply.
DELETE FROM decision
WHERE EXISTS (SELECT 1 FROM #staged_change s
              WHERE s.change_kind = 3 AND s.customer_id = decision.customer_id AND s.rule_set = decision.rule_set
                AND s.subject_type = decision.subject_type AND s.subject_id = decision.subject_id);

INSERT INTO decision_history
    (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id, change_kind)
SELECT s.customer_id, s.rule_set, s.subject_type, s.subject_id, s.outcome, s.codes, s.details, s.findings, @runId,
       s.change_kind
FROM #staged_change s;

INSERT INTO days_ledger (agreement_id, voucher_id, run_id, days, reason)
SELECT s.agreement_id, s.voucher_id, @runId, s.days, CASE WHEN s.days > 0 THEN 'returned' ELSE 'reversed' END
FROM #staged_booking s;

UPDATE v
SET status = s.status
FROM voucher v
JOIN #staged_status s ON s.voucher_id = v.voucher_id;

INSERT INTO quarantine (run_id, phase, customer_id, error, fact, rule_code, parameter, set_aside)
SELECT @runId, s.phase, s.customer_id, s.error, s.fact, s.rule_code, s.parameter, s.set_aside
FROM #staged_quarantine s;

UPDATE r
SET next_review = s.next_review
FROM review r
JOIN #staged_review s ON s.phase = r.phase AND s.customer_id = r.customer_id
WHERE NOT EXISTS (SELECT r.next_review INTERSECT SELECT s.next_review);

INSERT INTO review (phase, customer_id, next_review)
SELECT s.phase, s.customer_id, s.next_review
FROM #staged_review s
WHERE NOT EXISTS (SELECT 1 FROM review r WHERE r.phase = s.phase AND r.customer_id = s.customer_id);

DELETE FROM #staged_change;
DELETE FROM #staged_booking;
DELETE FROM #staged_status;
DELETE FROM #staged_quarantine;
DELETE FROM #staged_review
