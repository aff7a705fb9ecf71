-- What has a text in its id, its name or its invoice number, in lower or upper case, by kind and then id.
SELECT 1 AS kind, partner_id AS id, name AS about
FROM partner
WHERE lower(partner_id) LIKE @pattern ESCAPE '!' OR lower(name) LIKE @pattern ESCAPE '!' OR name LIKE @asTyped ESCAPE '!'
UNION ALL
SELECT 2, customer_id, min(agreement_id)
FROM agreement
WHERE lower(customer_id) LIKE @pattern ESCAPE '!'
GROUP BY customer_id
UNION ALL
SELECT 3, voucher_id, engagement
FROM voucher
WHERE lower(voucher_id) LIKE @pattern ESCAPE '!'
UNION ALL
SELECT 4, request_id, invoice_number
FROM payment_request
WHERE lower(request_id) LIKE @pattern ESCAPE '!' OR lower(invoice_number) LIKE @pattern ESCAPE '!'
UNION ALL
SELECT 5, payment_id, invoice_number
FROM payment
WHERE lower(payment_id) LIKE @pattern ESCAPE '!' OR lower(invoice_number) LIKE @pattern ESCAPE '!'
ORDER BY 1, 2
