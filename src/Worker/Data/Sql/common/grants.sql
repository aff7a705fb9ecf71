-- The grants of a range of customers.
SELECT a.customer_id, g.grant_id, g.agreement_id, g.granted_on, g.days, g.source
FROM agreement a
JOIN entitlement_grant g ON g.agreement_id = a.agreement_id
WHERE a.customer_id >= @from AND a.customer_id <= @to
ORDER BY a.customer_id
