-- The agreements of the customers that come after one, up to and with another.
SELECT customer_id, agreement_id, ends_on
FROM agreement
WHERE customer_id > @after AND customer_id <= @upTo
ORDER BY customer_id, agreement_id
