-- The next payments that name no request, after one of them.
SELECT TOP (@count) p.payment_id, p.request_id, p.invoice_number, p.paid_on, p.amount, p.currency
FROM payment p
WHERE p.request_id IS NULL AND p.payment_id > @after AND p.payment_id <= @upTo
ORDER BY p.payment_id
