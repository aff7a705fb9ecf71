-- The last customer of each of so many shares of about the same number of customers.
SELECT max(t.customer_id) AS up_to
FROM (
    SELECT c.customer_id, ntile(@shares) OVER (ORDER BY c.customer_id) AS share
    FROM (SELECT DISTINCT customer_id FROM agreement) c
) t
GROUP BY t.share
ORDER BY max(t.customer_id)
