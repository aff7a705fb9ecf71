SELECT location_id, partner_id, country FROM partner_location ORDER BY location_id
