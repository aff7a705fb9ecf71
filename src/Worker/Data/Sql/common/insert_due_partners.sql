-- The partners that are due, each with the first reason there is. A location or consultant that was imported since makes due whose it is
-- and whose it was.
INSERT INTO run_due (run_id, phase, customer_id, reason)
SELECT @runId, 'Partners', t.partner_id, min(t.reason)
FROM (
    SELECT s.customer_id AS partner_id, 1 AS reason FROM quarantine s
    WHERE s.run_id = @previousRunId AND s.phase = 'Partners' AND s.retried_at IS NULL
    UNION ALL
    SELECT r.customer_id, 2 FROM review r WHERE r.phase = 'Partners' AND r.next_review <= @date
    UNION ALL
    SELECT p.partner_id, 3 FROM partner p WHERE p.imported_in > @known
    UNION ALL
    SELECT l.partner_id, 3 FROM partner_location l WHERE l.imported_in > @known
    UNION ALL
    SELECT v.partner_id, 3 FROM partner_location_version v WHERE v.replaced_in > @known
    UNION ALL
    SELECT y.partner_id, 3 FROM partner_competency y WHERE y.imported_in > @known
    UNION ALL
    SELECT e.partner_id, 3 FROM enrollment e WHERE e.imported_in > @known
    UNION ALL
    SELECT c.partner_id, 3 FROM consultant c WHERE c.imported_in > @known
    UNION ALL
    SELECT v.partner_id, 3 FROM consultant_version v WHERE v.replaced_in > @known
    UNION ALL
    SELECT c.partner_id, 3 FROM consultant_exam x JOIN consultant c ON c.consultant_id = x.consultant_id
    WHERE x.imported_in > @known
    UNION ALL
    SELECT p.partner_id, 5 FROM partner p
    WHERE NOT EXISTS (SELECT 1 FROM review r WHERE r.phase = 'Partners' AND r.customer_id = p.partner_id)
) t
GROUP BY t.partner_id
