-- Payments with their decisions as they stood after a run, the facts beside them as they were known, ordered by id. Of each
-- subject the latest change up to the run that was not taken back counts. since is the night that began the outcome. Partner,
-- customer and voucher are those of the request that it matches, or else names, whatever its allocations are for. Only one that names a
-- request belongs to a customer.
-- SQLite would take each UNION ALL of as_known apart, and compute everything else once for each combination of their halves; it does not
-- where a LIMIT, even one without an end, stands around it.
SELECT m.payment_id, m.request_id, m.invoice_number, q.request_id AS for_request_id, q.voucher_id, a.customer_id,
       l.partner_id, p.name, q.location_id, v.engagement, v.country, m.paid_on, m.amount_cents, m.currency,
       d.outcome, d.codes, d.findings, r.business_date AS since,
       CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END AS set_aside, d.details
FROM (
    SELECT h.subject_id, h.outcome, h.codes, h.details, h.findings, h.change_kind, h.change_no,
           max(CASE WHEN h.outcome_before IS NULL OR h.outcome_before <> h.outcome THEN h.run_id END)
               OVER (PARTITION BY h.subject_id) AS since_run
    FROM (
        SELECT c.subject_id, c.outcome, c.codes, c.details, c.findings, c.change_kind, c.run_id,
               row_number() OVER (PARTITION BY c.subject_id ORDER BY c.run_id DESC, c.change_kind) AS change_no,
               lag(c.outcome) OVER (PARTITION BY c.subject_id ORDER BY c.run_id, c.change_kind DESC) AS outcome_before
        FROM decision_history c
        WHERE c.rule_set = 6 AND c.subject_type = 4 AND c.run_id <= @afterRun
          AND c.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
    ) h
) d
JOIN run r ON r.run_id = d.since_run
JOIN (SELECT payment_id, request_id, invoice_number, paid_on, amount_cents, currency FROM payment LIMIT -1) m ON m.payment_id = d.subject_id
LEFT JOIN (SELECT request_id, voucher_id, location_id, submitted_on, amount_cents, currency, invoice_number FROM payment_request LIMIT -1) q ON q.request_id = coalesce(m.request_id, replace(d.details, 'request_id=', ''))
LEFT JOIN (SELECT voucher_id, agreement_id, engagement, days, country, redeemed_on FROM voucher LIMIT -1) v ON v.voucher_id = q.voucher_id
LEFT JOIN (SELECT agreement_id, customer_id FROM agreement LIMIT -1) a ON a.agreement_id = v.agreement_id
LEFT JOIN (SELECT location_id, partner_id FROM partner_location LIMIT -1) l ON l.location_id = q.location_id
LEFT JOIN (SELECT partner_id, name FROM partner LIMIT -1) p ON p.partner_id = l.partner_id
LEFT JOIN quarantine s ON s.run_id = @afterRun AND s.phase = 'Customers' AND s.customer_id = a.customer_id
    AND s.retried_at IS NULL AND m.request_id IS NOT NULL
WHERE d.change_no = 1 AND d.change_kind <> 3
ORDER BY m.payment_id
