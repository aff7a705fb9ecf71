-- The customers or partners of a run that are due, after one, up to and with another.
SELECT customer_id, reason
FROM run_due
WHERE run_id = @runId AND phase = @phase AND customer_id > @after AND customer_id <= @upTo
ORDER BY customer_id
