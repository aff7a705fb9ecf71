-- The decisions as they stood after a run, by the customers that their subjects are known to belong to: of each subject the latest
-- change up to the run that was not taken back. A subject that came to another customer may have ended there and been decided here
-- in one run. Partners, which stay where they are, come first.
SELECT CASE WHEN d.subject_type = 5 THEN d.customer_id ELSE o.customer_id END AS customer_id, d.rule_set, d.subject_type, d.subject_id, d.outcome, d.codes, d.details
FROM (
    SELECT h.customer_id, h.rule_set, h.subject_type, h.subject_id, h.change_kind, h.outcome, h.codes, h.details,
           row_number() OVER (PARTITION BY h.rule_set, h.subject_type, h.subject_id
                              ORDER BY h.run_id DESC, h.change_kind) AS change_no
    FROM decision_history h
    WHERE h.run_id <= @afterRun
      AND h.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
) d
LEFT JOIN (
    SELECT 1 AS subject_type, v.voucher_id AS subject_id, a.customer_id
    FROM voucher v
    JOIN agreement a ON a.agreement_id = v.agreement_id
    UNION ALL
    SELECT 2, agreement_id, customer_id FROM agreement
    UNION ALL
    SELECT 3, q.request_id, a.customer_id
    FROM payment_request q
    JOIN voucher v ON v.voucher_id = q.voucher_id
    JOIN agreement a ON a.agreement_id = v.agreement_id
    UNION ALL
    SELECT 4, p.payment_id, coalesce(a.customer_id, '')
    FROM payment p
    LEFT JOIN payment_request q ON q.request_id = p.request_id
    LEFT JOIN voucher v ON v.voucher_id = q.voucher_id
    LEFT JOIN agreement a ON a.agreement_id = v.agreement_id
) o ON o.subject_type = d.subject_type AND o.subject_id = d.subject_id
WHERE d.change_no = 1 AND d.change_kind <> 3
ORDER BY CASE WHEN d.subject_type = 5 THEN 0 ELSE 1 END, 1, d.rule_set, d.subject_type, d.subject_id
