-- The payments that are allocated to a request of a range of customers; once for each such request.
SELECT a.customer_id, p.payment_id, p.request_id, p.invoice_number, p.paid_on, p.amount_cents, p.currency
FROM agreement a
JOIN voucher v ON v.agreement_id = a.agreement_id
JOIN payment_request q ON q.voucher_id = v.voucher_id
JOIN payment_allocation l ON l.request_id = q.request_id
JOIN payment p ON p.payment_id = l.payment_id
WHERE a.customer_id >= @from AND a.customer_id <= @to
ORDER BY a.customer_id
