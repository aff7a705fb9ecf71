-- The next payments that name no request.
SELECT p.payment_id, p.request_id, p.invoice_number, p.paid_on, p.amount, p.currency
FROM payment p
WHERE p.request_id IS NULL AND p.payment_id >= @from AND p.payment_id <= @to
ORDER BY p.payment_id
LIMIT @count
