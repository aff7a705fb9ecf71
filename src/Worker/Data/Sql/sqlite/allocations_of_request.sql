-- The allocations to one request, as they were known, by payment.
SELECT payment_id, amount_cents, allocated_on
FROM payment_allocation
WHERE request_id = @id
ORDER BY payment_id
