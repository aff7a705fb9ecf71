-- The name of a partner, as it was known.
SELECT name
FROM partner
WHERE partner_id = @id
