-- One payment request, as it was known.
SELECT voucher_id, location_id, submitted_on, amount, currency, invoice_number
FROM payment_request
WHERE request_id = @id
