SELECT count(*) AS partners FROM partner
