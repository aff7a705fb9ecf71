-- The customers with a voucher or request at a partner, or with a consultant of one, about which facts were imported since.
INSERT INTO run_due (run_id, phase, customer_id, reason)
SELECT DISTINCT @runId, 'Customers', t.customer_id, 4
FROM (
    SELECT a.customer_id
    FROM (
        SELECT p.partner_id FROM partner p WHERE p.imported_in > @known
        UNION SELECT l.partner_id FROM partner_location l WHERE l.imported_in > @known
        UNION SELECT v.partner_id FROM partner_location_version v WHERE v.replaced_in > @known
        UNION SELECT y.partner_id FROM partner_competency y WHERE y.imported_in > @known
        UNION SELECT e.partner_id FROM enrollment e WHERE e.imported_in > @known
        UNION SELECT c.partner_id FROM consultant c WHERE c.imported_in > @known
        UNION SELECT v.partner_id FROM consultant_version v WHERE v.replaced_in > @known
        UNION SELECT c.partner_id FROM consultant_exam x JOIN consultant c ON c.consultant_id = x.consultant_id
        WHERE x.imported_in > @known
    ) p
    JOIN partner_location l ON l.partner_id = p.partner_id
    JOIN voucher u ON u.reserved_location_id = l.location_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
    UNION
    SELECT a.customer_id
    FROM (
        SELECT p.partner_id FROM partner p WHERE p.imported_in > @known
        UNION SELECT l.partner_id FROM partner_location l WHERE l.imported_in > @known
        UNION SELECT v.partner_id FROM partner_location_version v WHERE v.replaced_in > @known
        UNION SELECT y.partner_id FROM partner_competency y WHERE y.imported_in > @known
        UNION SELECT e.partner_id FROM enrollment e WHERE e.imported_in > @known
        UNION SELECT c.partner_id FROM consultant c WHERE c.imported_in > @known
        UNION SELECT v.partner_id FROM consultant_version v WHERE v.replaced_in > @known
        UNION SELECT c.partner_id FROM consultant_exam x JOIN consultant c ON c.consultant_id = x.consultant_id
        WHERE x.imported_in > @known
    ) p
    JOIN consultant c ON c.partner_id = p.partner_id
    JOIN voucher u ON u.consultant_id = c.consultant_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
    UNION
    SELECT a.customer_id
    FROM (
        SELECT p.partner_id FROM partner p WHERE p.imported_in > @known
        UNION SELECT l.partner_id FROM partner_location l WHERE l.imported_in > @known
        UNION SELECT v.partner_id FROM partner_location_version v WHERE v.replaced_in > @known
        UNION SELECT y.partner_id FROM partner_competency y WHERE y.imported_in > @known
        UNION SELECT e.partner_id FROM enrollment e WHERE e.imported_in > @known
        UNION SELECT c.partner_id FROM consultant c WHERE c.imported_in > @known
        UNION SELECT v.partner_id FROM consultant_version v WHERE v.replaced_in > @known
        UNION SELECT c.partner_id FROM consultant_exam x JOIN consultant c ON c.consultant_id = x.consultant_id
        WHERE x.imported_in > @known
    ) p
    JOIN partner_location l ON l.partner_id = p.partner_id
    JOIN payment_request q ON q.location_id = l.location_id
    JOIN voucher u ON u.voucher_id = q.voucher_id
    JOIN agreement a ON a.agreement_id = u.agreement_id
) t
WHERE NOT EXISTS (SELECT 1 FROM run_due d WHERE d.run_id = @runId AND d.phase = 'Customers' AND d.customer_id = t.customer_id)
