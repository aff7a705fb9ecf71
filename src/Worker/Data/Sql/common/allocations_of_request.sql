-- The allocations to one request, as they were known, by payment.
SELECT payment_id, amount, allocated_on
FROM payment_allocation
WHERE request_id = @id
ORDER BY payment_id
