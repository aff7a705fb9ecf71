-- How many partner facts were imported since.
SELECT (SELECT count(*) FROM partner WHERE imported_in > @known)
     + (SELECT count(*) FROM partner_location WHERE imported_in > @known)
     + (SELECT count(*) FROM partner_competency WHERE imported_in > @known)
     + (SELECT count(*) FROM enrollment WHERE imported_in > @known)
     + (SELECT count(*) FROM consultant WHERE imported_in > @known)
     + (SELECT count(*) FROM consultant_exam WHERE imported_in > @known) AS facts
