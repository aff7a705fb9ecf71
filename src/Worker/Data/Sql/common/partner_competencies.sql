SELECT partner_id, competency, level, from_on, to_on
FROM partner_competency
ORDER BY partner_id, competency, level, from_on
