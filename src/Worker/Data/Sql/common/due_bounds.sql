-- The last customer or partner of each of so many shares of about the same number of those that are due.
SELECT max(t.customer_id) AS up_to
FROM (
    SELECT d.customer_id, ntile(@shares) OVER (ORDER BY d.customer_id) AS share
    FROM run_due d
    WHERE d.run_id = @runId AND d.phase = @phase AND d.customer_id <> ''
) t
GROUP BY t.share
ORDER BY max(t.customer_id)
