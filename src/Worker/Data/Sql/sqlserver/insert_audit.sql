-- Customers that are not due, decided again all the same to see that nothing changes.
INSERT INTO run_due (run_id, phase, customer_id, reason)
SELECT TOP (@count) @runId, 'Customers', r.customer_id, 6
FROM customer_review r
WHERE NOT EXISTS (SELECT 1 FROM run_due d WHERE d.run_id = @runId AND d.phase = 'Customers' AND d.customer_id = r.customer_id)
  AND EXISTS (SELECT 1 FROM agreement a WHERE a.customer_id = r.customer_id)
ORDER BY newid()
