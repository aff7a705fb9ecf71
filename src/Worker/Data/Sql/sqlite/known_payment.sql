-- One payment, as it was known.
SELECT request_id, invoice_number, paid_on, amount_cents, currency
FROM payment
WHERE payment_id = @id
