-- The subjects of an id, one of each kind at most, with their customers; '' for a payment that names no request, the
-- partner for a partner with an engagement, whose id begins with the partner's.
SELECT 1 AS subject_type, a.customer_id
FROM voucher v
JOIN agreement a ON a.agreement_id = v.agreement_id
WHERE v.voucher_id = @id
UNION ALL
SELECT 2, customer_id FROM agreement WHERE agreement_id = @id
UNION ALL
SELECT 3, a.customer_id
FROM payment_request q
JOIN voucher v ON v.voucher_id = q.voucher_id
JOIN agreement a ON a.agreement_id = v.agreement_id
WHERE q.request_id = @id
UNION ALL
SELECT 4, coalesce(a.customer_id, '')
FROM payment p
LEFT JOIN payment_request q ON q.request_id = p.request_id
LEFT JOIN voucher v ON v.voucher_id = q.voucher_id
LEFT JOIN agreement a ON a.agreement_id = v.agreement_id
WHERE p.payment_id = @id
UNION ALL
SELECT 5, partner_id FROM partner WHERE partner_id = @partnerId
