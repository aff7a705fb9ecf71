-- Whether there is any allocation: nearly all facts can do without.
SELECT CASE WHEN EXISTS (SELECT 1 FROM payment_allocation) THEN 1 ELSE 0 END AS found
