-- One payment, as it was known.
SELECT request_id, invoice_number, paid_on, amount, currency
FROM payment
WHERE payment_id = @id
