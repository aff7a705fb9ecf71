-- Decisions as they were before a run, with the customers that their subjects have now.
INSERT INTO decision
    (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id)
SELECT CASE b.subject_type
           WHEN 1 THEN (SELECT a.customer_id FROM voucher v
                        JOIN agreement a ON a.agreement_id = v.agreement_id
                        WHERE v.voucher_id = b.subject_id)
           WHEN 2 THEN (SELECT a.customer_id FROM agreement a WHERE a.agreement_id = b.subject_id)
           WHEN 3 THEN (SELECT a.customer_id FROM payment_request q
                        JOIN voucher v ON v.voucher_id = q.voucher_id
                        JOIN agreement a ON a.agreement_id = v.agreement_id
                        WHERE q.request_id = b.subject_id)
           WHEN 4 THEN (SELECT coalesce(a.customer_id, '') FROM payment p
                        LEFT JOIN payment_request q ON q.request_id = p.request_id
                        LEFT JOIN voucher v ON v.voucher_id = q.voucher_id
                        LEFT JOIN agreement a ON a.agreement_id = v.agreement_id
                        WHERE p.payment_id = b.subject_id)
           ELSE b.customer_id
       END,
       b.rule_set, b.subject_type, b.subject_id, b.outcome, b.codes, b.details, b.findings, b.decided_by
FROM decision_before b
WHERE b.run_id = @runId
