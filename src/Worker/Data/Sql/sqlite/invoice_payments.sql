-- The payments that name no request, but an invoice of a range of customers; once for each request with that invoice.
SELECT a.customer_id, p.payment_id, p.request_id, p.invoice_number, p.paid_on, p.amount_cents, p.currency
FROM agreement a
JOIN voucher v ON v.agreement_id = a.agreement_id
JOIN payment_request q ON q.voucher_id = v.voucher_id
JOIN payment p ON p.invoice_number = q.invoice_number AND p.request_id IS NULL
WHERE a.customer_id >= @from AND a.customer_id <= @to
ORDER BY a.customer_id
