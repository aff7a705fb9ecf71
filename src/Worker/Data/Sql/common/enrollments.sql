SELECT partner_id, offering, signed_on, ends_on
FROM enrollment
ORDER BY partner_id, offering, signed_on
