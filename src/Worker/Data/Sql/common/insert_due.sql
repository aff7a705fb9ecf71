-- The customers that are due, each with the first reason there is. A fact that was imported since makes due whose it is and whose
-- it was; an invoice number that it has or had makes due who may match it.
INSERT INTO run_due (run_id, phase, customer_id, reason)
SELECT @runId, 'Customers', t.customer_id, min(t.reason)
FROM (
    SELECT '' AS customer_id, 0 AS reason
    UNION ALL
    SELECT s.customer_id, 1 FROM quarantine s WHERE s.run_id = @previousRunId AND s.phase = 'Customers' AND s.retried_at IS NULL
    UNION ALL
    SELECT r.customer_id, 2 FROM review r WHERE r.phase = 'Customers' AND r.next_review <= @date
    UNION ALL
    SELECT a.customer_id, 3 FROM agreement a WHERE a.imported_in > @known
    UNION ALL
    SELECT v.customer_id, 3 FROM agreement n
    JOIN agreement_version v ON v.agreement_id = n.agreement_id AND v.replaced_in > @known
    WHERE n.imported_in > @known
    UNION ALL
    SELECT a.customer_id, 3 FROM entitlement_grant n
    JOIN agreement a ON a.agreement_id = n.agreement_id
    WHERE n.imported_in > @known
    UNION ALL
    SELECT a.customer_id, 3 FROM entitlement_grant n
    JOIN entitlement_grant_version v ON v.grant_id = n.grant_id AND v.replaced_in > @known
    JOIN agreement a ON a.agreement_id = v.agreement_id
    WHERE n.imported_in > @known
    UNION ALL
    SELECT a.customer_id, 3 FROM voucher n
    JOIN agreement a ON a.agreement_id = n.agreement_id
    WHERE n.imported_in > @known
    UNION ALL
    SELECT a.customer_id, 3 FROM voucher n
    JOIN voucher_version v ON v.voucher_id = n.voucher_id AND v.replaced_in > @known
    JOIN agreement a ON a.agreement_id = v.agreement_id
    WHERE n.imported_in > @known
    UNION ALL
    SELECT a.customer_id, 3 FROM payment_request n
    JOIN voucher u ON u.voucher_id = n.voucher_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
    WHERE n.imported_in > @known
    UNION ALL
    SELECT a.customer_id, 3 FROM payment_request n
    JOIN payment_request_version v ON v.request_id = n.request_id AND v.replaced_in > @known
    JOIN voucher u ON u.voucher_id = v.voucher_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
    WHERE n.imported_in > @known
    UNION ALL
    SELECT a.customer_id, 3 FROM payment n
    JOIN payment_request q ON q.request_id = n.request_id
    JOIN voucher u ON u.voucher_id = q.voucher_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
    WHERE n.imported_in > @known
    UNION ALL
    SELECT a.customer_id, 3 FROM payment n
    JOIN payment_version v ON v.payment_id = n.payment_id AND v.replaced_in > @known
    JOIN payment_request q ON q.request_id = v.request_id
    JOIN voucher u ON u.voucher_id = q.voucher_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
    WHERE n.imported_in > @known
    UNION ALL
    -- Whatever invoice it is about.
    SELECT a.customer_id, 3 FROM (
        SELECT n.invoice_number FROM payment n WHERE n.imported_in > @known
        UNION SELECT v.invoice_number FROM payment n
        JOIN payment_version v ON v.payment_id = n.payment_id AND v.replaced_in > @known
        WHERE n.imported_in > @known
        UNION SELECT n.invoice_number FROM payment_request n WHERE n.imported_in > @known
        UNION SELECT v.invoice_number FROM payment_request n
        JOIN payment_request_version v ON v.request_id = n.request_id AND v.replaced_in > @known
        WHERE n.imported_in > @known
        UNION SELECT p.invoice_number FROM payment_allocation n
        JOIN payment p ON p.payment_id = n.payment_id
        WHERE n.imported_in > @known
    ) i
    -- A cross join, so that SQLite begins with the invoices.
    CROSS JOIN payment_request q
    JOIN voucher u ON u.voucher_id = q.voucher_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
    WHERE q.invoice_number = i.invoice_number
    UNION ALL
    -- Whoever has a request to which a payment is allocated, if the payment, one of its allocations or one of their requests is new.
    SELECT a.customer_id, 3 FROM (
        SELECT n.payment_id FROM payment_allocation n WHERE n.imported_in > @known
        UNION SELECT n.payment_id FROM payment n WHERE n.imported_in > @known
        UNION SELECT l.payment_id FROM payment_request n
        JOIN payment_allocation l ON l.request_id = n.request_id
        WHERE n.imported_in > @known
    ) i
    CROSS JOIN payment_allocation o
    JOIN payment_request q ON q.request_id = o.request_id
    JOIN voucher u ON u.voucher_id = q.voucher_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
    WHERE o.payment_id = i.payment_id
    UNION ALL
    -- And whoever has the request that such a payment names: the payment is decided with it.
    SELECT a.customer_id, 3 FROM (
        SELECT n.payment_id FROM payment_allocation n WHERE n.imported_in > @known
        UNION SELECT l.payment_id FROM payment_request n
        JOIN payment_allocation l ON l.request_id = n.request_id
        WHERE n.imported_in > @known
    ) i
    CROSS JOIN payment p
    JOIN payment_request q ON q.request_id = p.request_id
    JOIN voucher u ON u.voucher_id = q.voucher_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
    WHERE p.payment_id = i.payment_id
    UNION ALL
    SELECT a.customer_id, 5 FROM agreement a
    WHERE NOT EXISTS (SELECT 1 FROM review r WHERE r.phase = 'Customers' AND r.customer_id = a.customer_id)
) t
WHERE t.customer_id = '' OR EXISTS (SELECT 1 FROM agreement a WHERE a.customer_id = t.customer_id)
GROUP BY t.customer_id
