-- The partner of a location, as it was known.
SELECT partner_id
FROM partner_location
WHERE location_id = @id
