-- The payment requests of a range of customers.
SELECT a.customer_id, q.request_id, q.voucher_id, q.location_id, q.submitted_on, q.amount_cents, q.currency, q.invoice_number
FROM agreement a
JOIN voucher v ON v.agreement_id = a.agreement_id
JOIN payment_request q ON q.voucher_id = v.voucher_id
WHERE a.customer_id >= @from AND a.customer_id <= @to
ORDER BY a.customer_id
