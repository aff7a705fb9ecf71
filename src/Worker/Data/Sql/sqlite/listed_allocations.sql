-- The allocations with their payments and requests, as they were known.
-- The limits are none: they keep SQLite from deciding on each combination of current facts and versions apart.
SELECT l.payment_id, l.request_id, l.amount_cents, l.allocated_on, m.invoice_number, m.currency, q.invoice_number AS request_invoice,
       o.partner_id, p.name, a.customer_id, m.paid_on
FROM payment_allocation l
JOIN (SELECT * FROM payment LIMIT -1) m ON m.payment_id = l.payment_id
JOIN (SELECT * FROM payment_request LIMIT -1) q ON q.request_id = l.request_id
JOIN (SELECT * FROM partner_location LIMIT -1) o ON o.location_id = q.location_id
JOIN (SELECT * FROM partner LIMIT -1) p ON p.partner_id = o.partner_id
JOIN (SELECT * FROM voucher LIMIT -1) v ON v.voucher_id = q.voucher_id
JOIN (SELECT * FROM agreement LIMIT -1) a ON a.agreement_id = v.agreement_id
ORDER BY l.payment_id, l.allocated_on, l.request_id
