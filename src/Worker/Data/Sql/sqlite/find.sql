-- What has a text in its id, its name or its invoice number, in lower or upper case, by kind and then id. LIKE of SQLite takes A and a as
-- the same, and no other letters. Vouchers are found in the index of their ids, which is a fraction of the table.
SELECT 1 AS kind, partner_id AS id, name AS about
FROM partner
WHERE partner_id LIKE @pattern ESCAPE '!' OR name LIKE @pattern ESCAPE '!' OR name LIKE @asTyped ESCAPE '!'
UNION ALL
SELECT 2, customer_id, min(agreement_id)
FROM agreement
WHERE customer_id LIKE @pattern ESCAPE '!'
GROUP BY customer_id
UNION ALL
SELECT 3, voucher_id, engagement
FROM voucher
WHERE voucher_id IN (SELECT voucher_id FROM voucher WHERE voucher_id LIKE @pattern ESCAPE '!')
UNION ALL
SELECT 4, request_id, invoice_number
FROM payment_request
WHERE request_id LIKE @pattern ESCAPE '!' OR invoice_number LIKE @pattern ESCAPE '!'
UNION ALL
SELECT 5, payment_id, invoice_number
FROM payment
WHERE payment_id LIKE @pattern ESCAPE '!' OR invoice_number LIKE @pattern ESCAPE '!'
ORDER BY 1, 2
