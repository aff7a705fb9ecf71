-- The ids of all payments.
SELECT payment_id AS id FROM payment ORDER BY payment_id
