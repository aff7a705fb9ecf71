-- The last partner of each of so many shares of about the same number of partners.
SELECT max(t.partner_id) AS up_to
FROM (
    SELECT p.partner_id, ntile(@shares) OVER (ORDER BY p.partner_id) AS share
    FROM partner p
) t
GROUP BY t.share
ORDER BY max(t.partner_id)
