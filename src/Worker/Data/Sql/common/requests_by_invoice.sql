-- The payment requests, of any customer, with an invoice number.
SELECT q.request_id, q.voucher_id, q.location_id, q.submitted_on, q.amount, q.currency, q.invoice_number
FROM payment_request q
WHERE q.invoice_number = @invoiceNumber
ORDER BY q.request_id
