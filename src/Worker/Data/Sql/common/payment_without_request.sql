-- One payment, if it names no request.
SELECT p.payment_id, p.request_id, p.invoice_number, p.paid_on, p.amount, p.currency
FROM payment p
WHERE p.request_id IS NULL AND p.payment_id = @paymentId
