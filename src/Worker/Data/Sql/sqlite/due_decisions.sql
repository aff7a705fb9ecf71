-- The same of who is due in an ordinary night, as the night before left it: in the currencies and amounts that were known then.
SELECT d.rule_set, d.subject_type, d.outcome,
       CASE WHEN d.rule_set = 3 OR d.rule_set = 6 AND (d.subject_type = 3 OR d.outcome = 'PartlyMatched') THEN d.details END AS details,
       coalesce(w.currency, q.currency, x.currency, p.currency) AS currency,
       1 AS decisions, coalesce(x.amount_cents, p.amount_cents) AS amount, 0 AS set_aside
FROM run_due s
JOIN decision d ON d.customer_id = s.customer_id
    AND s.phase = CASE WHEN d.subject_type = 5 THEN 'Partners' ELSE 'Customers' END
LEFT JOIN payment_request q ON q.request_id = CASE WHEN d.rule_set = 6 AND d.subject_type = 3 THEN d.subject_id END
LEFT JOIN payment_request_version w ON w.request_id = q.request_id AND w.replaced_in = (
    SELECT min(f.replaced_in) FROM payment_request_version f WHERE f.request_id = q.request_id AND f.replaced_in > @known)
LEFT JOIN payment p ON p.payment_id = CASE WHEN d.rule_set = 6 AND d.subject_type = 4 THEN d.subject_id END
LEFT JOIN payment_version x ON x.payment_id = p.payment_id AND x.replaced_in = (
    SELECT min(f.replaced_in) FROM payment_version f WHERE f.payment_id = p.payment_id AND f.replaced_in > @known)
WHERE s.run_id = @runId
