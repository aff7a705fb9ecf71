SELECT partner_id, name FROM partner ORDER BY partner_id
