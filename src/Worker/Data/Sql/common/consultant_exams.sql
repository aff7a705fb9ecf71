SELECT consultant_id, competency, passed_on
FROM consultant_exam
ORDER BY consultant_id, competency, passed_on
