-- The agreements of a range of customers.
SELECT customer_id, agreement_id, ends_on
FROM agreement
WHERE customer_id >= @from AND customer_id <= @to
ORDER BY customer_id, agreement_id
