-- The facts as they were known at an import, under the names of their tables, for a query that follows: the rows that it or
-- one before it brought, and the versions that held then; the ledger as it was after a run. Which status a voucher had is not kept.
-- None is materialized: where a query has one of them twice, the whole table would be.
WITH
agreement AS NOT MATERIALIZED (
    SELECT agreement_id, customer_id, ends_on
    FROM agreement
    WHERE imported_in <= @known
    UNION ALL
    SELECT agreement_id, customer_id, ends_on
    FROM agreement_version
    WHERE imported_in <= @known AND replaced_in > @known
),
entitlement_grant AS NOT MATERIALIZED (
    SELECT grant_id, agreement_id, granted_on, days, source
    FROM entitlement_grant
    WHERE imported_in <= @known
    UNION ALL
    SELECT grant_id, agreement_id, granted_on, days, source
    FROM entitlement_grant_version
    WHERE imported_in <= @known AND replaced_in > @known
),
partner AS NOT MATERIALIZED (
    SELECT partner_id, name
    FROM partner
    WHERE imported_in <= @known
    UNION ALL
    SELECT partner_id, name
    FROM partner_version
    WHERE imported_in <= @known AND replaced_in > @known
),
partner_location AS NOT MATERIALIZED (
    SELECT location_id, partner_id, country
    FROM partner_location
    WHERE imported_in <= @known
    UNION ALL
    SELECT location_id, partner_id, country
    FROM partner_location_version
    WHERE imported_in <= @known AND replaced_in > @known
),
partner_competency AS NOT MATERIALIZED (
    SELECT partner_id, competency, level, from_on, to_on
    FROM partner_competency
    WHERE imported_in <= @known
    UNION ALL
    SELECT partner_id, competency, level, from_on, to_on
    FROM partner_competency_version
    WHERE imported_in <= @known AND replaced_in > @known
),
enrollment AS NOT MATERIALIZED (
    SELECT partner_id, offering, signed_on, ends_on
    FROM enrollment
    WHERE imported_in <= @known
    UNION ALL
    SELECT partner_id, offering, signed_on, ends_on
    FROM enrollment_version
    WHERE imported_in <= @known AND replaced_in > @known
),
consultant AS NOT MATERIALIZED (
    SELECT consultant_id, partner_id
    FROM consultant
    WHERE imported_in <= @known
    UNION ALL
    SELECT consultant_id, partner_id
    FROM consultant_version
    WHERE imported_in <= @known AND replaced_in > @known
),
consultant_exam AS NOT MATERIALIZED (
    SELECT consultant_id, competency, passed_on
    FROM consultant_exam
    WHERE imported_in <= @known
),
voucher AS NOT MATERIALIZED (
    SELECT voucher_id, agreement_id, engagement, days, division, product, country, created_on, assigned_on, reserved_on,
           reserved_location_id, consultant_id, engagement_started_on, engagement_completed_on, completion_report_on,
           deliverable_on, redeemed_on, cancelled_on, status
    FROM voucher
    WHERE imported_in <= @known
    UNION ALL
    SELECT voucher_id, agreement_id, engagement, days, division, product, country, created_on, assigned_on, reserved_on,
           reserved_location_id, consultant_id, engagement_started_on, engagement_completed_on, completion_report_on,
           deliverable_on, redeemed_on, cancelled_on, CAST(NULL AS text)
    FROM voucher_version
    WHERE imported_in <= @known AND replaced_in > @known
),
payment_request AS NOT MATERIALIZED (
    SELECT request_id, voucher_id, location_id, submitted_on, amount, currency, invoice_number
    FROM payment_request
    WHERE imported_in <= @known
    UNION ALL
    SELECT request_id, voucher_id, location_id, submitted_on, amount, currency, invoice_number
    FROM payment_request_version
    WHERE imported_in <= @known AND replaced_in > @known
),
payment AS NOT MATERIALIZED (
    SELECT payment_id, request_id, invoice_number, paid_on, amount, currency
    FROM payment
    WHERE imported_in <= @known
    UNION ALL
    SELECT payment_id, request_id, invoice_number, paid_on, amount, currency
    FROM payment_version
    WHERE imported_in <= @known AND replaced_in > @known
),
payment_allocation AS NOT MATERIALIZED (
    SELECT payment_id, request_id, amount, allocated_on
    FROM payment_allocation
    WHERE imported_in <= @known
    UNION ALL
    SELECT payment_id, request_id, amount, allocated_on
    FROM payment_allocation_version
    WHERE imported_in <= @known AND replaced_in > @known
),
days_ledger AS NOT MATERIALIZED (
    SELECT agreement_id, voucher_id, days
    FROM days_ledger
    WHERE run_id <= @afterRun
)
