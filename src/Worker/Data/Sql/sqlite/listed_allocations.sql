-- The allocations with their payments and requests, as they were known.
SELECT l.payment_id, l.request_id, l.amount_cents, l.allocated_on, m.invoice_number, m.currency, q.invoice_number AS request_invoice,
       o.partner_id, p.name, a.customer_id, m.paid_on
FROM payment_allocation l
JOIN payment m ON m.payment_id = l.payment_id
JOIN payment_request q ON q.request_id = l.request_id
JOIN partner_location o ON o.location_id = q.location_id
JOIN partner p ON p.partner_id = o.partner_id
JOIN voucher v ON v.voucher_id = q.voucher_id
JOIN agreement a ON a.agreement_id = v.agreement_id
ORDER BY l.payment_id, l.allocated_on, l.request_id
