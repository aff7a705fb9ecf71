-- The customer of an agreement, as it was known.
SELECT customer_id
FROM agreement
WHERE agreement_id = @id
