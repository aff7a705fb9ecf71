-- Customers or partners that are not due, decided again all the same to see that nothing changes.
INSERT INTO run_due (run_id, phase, customer_id, reason)
SELECT @runId, r.phase, r.customer_id, 6
FROM review r
WHERE r.phase = @phase
  AND NOT EXISTS (SELECT 1 FROM run_due d WHERE d.run_id = @runId AND d.phase = r.phase AND d.customer_id = r.customer_id)
  AND (r.phase = 'Partners' OR EXISTS (SELECT 1 FROM agreement a WHERE a.customer_id = r.customer_id))
ORDER BY random()
LIMIT @count
