SELECT consultant_id, partner_id FROM consultant ORDER BY consultant_id
