-- The allocations, with their requests, of a range of payments that name no request.
SELECT l.payment_id, l.amount_cents AS allocated, l.allocated_on,
       r.request_id, r.voucher_id, r.location_id, r.submitted_on, r.amount_cents, r.currency, r.invoice_number
FROM payment p
JOIN payment_allocation l ON l.payment_id = p.payment_id
JOIN payment_request r ON r.request_id = l.request_id
WHERE p.request_id IS NULL AND p.payment_id >= @from AND p.payment_id <= @to
ORDER BY l.payment_id, l.request_id
