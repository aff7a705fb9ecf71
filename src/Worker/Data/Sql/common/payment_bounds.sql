-- The last payment without a request of each of so many shares of about the same number of them.
SELECT max(t.payment_id) AS up_to
FROM (
    SELECT p.payment_id, ntile(@shares) OVER (ORDER BY p.payment_id) AS share
    FROM payment p
    WHERE p.request_id IS NULL
) t
GROUP BY t.share
ORDER BY max(t.payment_id)
