-- The payment requests and payments with an invoice number, with their customers; '' for a payment that names no request.
SELECT 3 AS subject_type, q.request_id AS subject_id, a.customer_id
FROM payment_request q
JOIN voucher v ON v.voucher_id = q.voucher_id
JOIN agreement a ON a.agreement_id = v.agreement_id
WHERE q.invoice_number = @invoiceNumber
UNION ALL
SELECT 4, p.payment_id, coalesce(a.customer_id, '')
FROM payment p
LEFT JOIN payment_request q ON q.request_id = p.request_id
LEFT JOIN voucher v ON v.voucher_id = q.voucher_id
LEFT JOIN agreement a ON a.agreement_id = v.agreement_id
WHERE p.invoice_number = @invoiceNumber
ORDER BY 1, 2
