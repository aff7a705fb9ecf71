-- All allocations, with their requests, of the payments that a range of customers has to do with: by the request that they name,
-- by the invoice number if they name none, or because they are allocated to a request of theirs.
-- The limits are none, and the plus changes nothing: SQLite would read all allocations first, or decide on each combination of current facts
-- and versions apart.
SELECT x.customer_id, x.payment_id, x.amount_cents AS allocated, x.allocated_on,
       r.request_id, r.voucher_id, r.location_id, r.submitted_on, r.amount_cents, r.currency, r.invoice_number
FROM (
    SELECT t.customer_id, l.payment_id, l.request_id, l.amount_cents, l.allocated_on
    FROM (
        SELECT a.customer_id, p.payment_id
        FROM agreement a
        JOIN voucher v ON v.agreement_id = a.agreement_id
        JOIN payment_request q ON q.voucher_id = v.voucher_id
        JOIN payment p ON p.request_id = q.request_id
        WHERE a.customer_id >= @from AND a.customer_id <= @to
        UNION
        SELECT a.customer_id, p.payment_id
        FROM agreement a
        JOIN voucher v ON v.agreement_id = a.agreement_id
        JOIN payment_request q ON q.voucher_id = v.voucher_id
        JOIN payment p ON p.invoice_number = q.invoice_number AND p.request_id IS NULL
        WHERE a.customer_id >= @from AND a.customer_id <= @to
        UNION
        SELECT a.customer_id, l.payment_id
        FROM agreement a
        JOIN voucher v ON v.agreement_id = a.agreement_id
        JOIN payment_request q ON q.voucher_id = v.voucher_id
        JOIN payment_allocation l ON l.request_id = q.request_id
        WHERE a.customer_id >= @from AND a.customer_id <= @to
        LIMIT -1
    ) t
    CROSS JOIN payment_allocation l ON l.payment_id = +t.payment_id
    LIMIT -1
) x
CROSS JOIN payment_request r ON r.request_id = +x.request_id
ORDER BY x.customer_id
