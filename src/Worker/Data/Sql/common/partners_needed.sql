-- The partners that an ordinary night needs: those that are due, and those that a customer that is due has to do with.
SELECT customer_id AS partner_id FROM run_due WHERE run_id = @runId AND phase = 'Partners'
UNION
SELECT l.partner_id
FROM run_due d
JOIN agreement a ON a.customer_id = d.customer_id
JOIN voucher u ON u.agreement_id = a.agreement_id
JOIN partner_location l ON l.location_id = u.reserved_location_id
WHERE d.run_id = @runId AND d.phase = 'Customers'
UNION
SELECT c.partner_id
FROM run_due d
JOIN agreement a ON a.customer_id = d.customer_id
JOIN voucher u ON u.agreement_id = a.agreement_id
JOIN consultant c ON c.consultant_id = u.consultant_id
WHERE d.run_id = @runId AND d.phase = 'Customers'
UNION
SELECT l.partner_id
FROM run_due d
JOIN agreement a ON a.customer_id = d.customer_id
JOIN voucher u ON u.agreement_id = a.agreement_id
JOIN payment_request q ON q.voucher_id = u.voucher_id
JOIN partner_location l ON l.location_id = q.location_id
WHERE d.run_id = @runId AND d.phase = 'Customers'
