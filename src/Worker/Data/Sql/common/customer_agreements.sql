-- The agreements of one customer.
SELECT customer_id, agreement_id, ends_on
FROM agreement
WHERE customer_id = @customerId
ORDER BY agreement_id
