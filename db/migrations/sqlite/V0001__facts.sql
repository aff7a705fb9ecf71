-- The facts, one table for each kind of import file. Facts are never deleted: what ended carries a date.
-- Dates are ISO text, so they sort and read as dates; money is whole cents, never floating point.

CREATE TABLE agreement (
    agreement_id TEXT NOT NULL PRIMARY KEY CHECK (length(agreement_id) BETWEEN 1 AND 40),
    customer_id TEXT NOT NULL CHECK (length(customer_id) BETWEEN 1 AND 40),
    ends_on TEXT CHECK (length(ends_on) = 10)
) STRICT;

-- A chunk of a run is a range of customers: this index walks them in order.
CREATE INDEX agreement_by_customer ON agreement (customer_id, agreement_id);

CREATE TABLE entitlement_grant (
    grant_id TEXT NOT NULL PRIMARY KEY CHECK (length(grant_id) BETWEEN 1 AND 40),
    agreement_id TEXT NOT NULL REFERENCES agreement,
    granted_on TEXT NOT NULL CHECK (length(granted_on) = 10),
    days INTEGER NOT NULL CHECK (days > 0),
    source TEXT NOT NULL CHECK (source IN ('accrual', 'training_conversion'))
) STRICT;

CREATE INDEX entitlement_grant_by_agreement ON entitlement_grant (agreement_id);

CREATE TABLE partner (
    partner_id TEXT NOT NULL PRIMARY KEY CHECK (length(partner_id) BETWEEN 1 AND 40),
    name TEXT NOT NULL
) STRICT;

CREATE TABLE partner_location (
    location_id TEXT NOT NULL PRIMARY KEY CHECK (length(location_id) BETWEEN 1 AND 40),
    partner_id TEXT NOT NULL REFERENCES partner,
    country TEXT NOT NULL CHECK (length(country) = 2)
) STRICT;

CREATE TABLE partner_competency (
    partner_id TEXT NOT NULL REFERENCES partner,
    competency TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('silver', 'gold')),
    from_on TEXT NOT NULL CHECK (length(from_on) = 10),
    to_on TEXT CHECK (length(to_on) = 10),
    PRIMARY KEY (partner_id, competency, level, from_on)
) STRICT;

CREATE TABLE enrollment (
    partner_id TEXT NOT NULL REFERENCES partner,
    offering TEXT NOT NULL,
    signed_on TEXT NOT NULL CHECK (length(signed_on) = 10),
    ends_on TEXT CHECK (length(ends_on) = 10),
    PRIMARY KEY (partner_id, offering, signed_on)
) STRICT;

CREATE TABLE consultant (
    consultant_id TEXT NOT NULL PRIMARY KEY CHECK (length(consultant_id) BETWEEN 1 AND 40),
    partner_id TEXT NOT NULL REFERENCES partner
) STRICT;

CREATE TABLE consultant_exam (
    consultant_id TEXT NOT NULL REFERENCES consultant,
    competency TEXT NOT NULL,
    passed_on TEXT NOT NULL CHECK (length(passed_on) = 10),
    PRIMARY KEY (consultant_id, competency, passed_on)
) STRICT;

CREATE TABLE voucher (
    voucher_id TEXT NOT NULL PRIMARY KEY CHECK (length(voucher_id) BETWEEN 1 AND 40),
    agreement_id TEXT NOT NULL REFERENCES agreement,
    engagement TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days > 0),
    division TEXT,
    product TEXT,
    country TEXT NOT NULL CHECK (length(country) = 2),
    created_on TEXT NOT NULL CHECK (length(created_on) = 10),
    assigned_on TEXT CHECK (length(assigned_on) = 10),
    reserved_on TEXT CHECK (length(reserved_on) = 10),
    reserved_location_id TEXT REFERENCES partner_location,
    consultant_id TEXT REFERENCES consultant,
    engagement_started_on TEXT CHECK (length(engagement_started_on) = 10),
    engagement_completed_on TEXT CHECK (length(engagement_completed_on) = 10),
    completion_report_on TEXT CHECK (length(completion_report_on) = 10),
    deliverable_on TEXT CHECK (length(deliverable_on) = 10),
    redeemed_on TEXT CHECK (length(redeemed_on) = 10),
    cancelled_on TEXT CHECK (length(cancelled_on) = 10),
    -- How far it has come, as of the last run; absent before the first. Runs write it, imports leave it alone.
    status TEXT CHECK (
        status IN ('Created', 'Assigned', 'Reserved', 'Delivered', 'Expired', 'Redeemed', 'Void', 'Cancelled')
    ),
    CHECK (reserved_on IS NULL OR reserved_location_id IS NOT NULL)
) STRICT;

CREATE INDEX voucher_by_agreement ON voucher (agreement_id, voucher_id);

CREATE TABLE payment_request (
    request_id TEXT NOT NULL PRIMARY KEY CHECK (length(request_id) BETWEEN 1 AND 40),
    voucher_id TEXT NOT NULL REFERENCES voucher,
    location_id TEXT NOT NULL REFERENCES partner_location,
    submitted_on TEXT NOT NULL CHECK (length(submitted_on) = 10),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    invoice_number TEXT NOT NULL
) STRICT;

CREATE INDEX payment_request_by_voucher ON payment_request (voucher_id, request_id);
CREATE INDEX payment_request_by_invoice ON payment_request (invoice_number);

CREATE TABLE payment (
    payment_id TEXT NOT NULL PRIMARY KEY CHECK (length(payment_id) BETWEEN 1 AND 40),
    request_id TEXT REFERENCES payment_request,
    invoice_number TEXT NOT NULL,
    paid_on TEXT NOT NULL CHECK (length(paid_on) = 10),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    currency TEXT NOT NULL CHECK (length(currency) = 3)
) STRICT;

CREATE INDEX payment_by_request ON payment (request_id) WHERE request_id IS NOT NULL;
-- Payments that name no request are matched by their invoice number, and walked by their id.
CREATE INDEX payment_by_invoice ON payment (invoice_number) WHERE request_id IS NULL;
CREATE INDEX payment_without_request ON payment (payment_id) WHERE request_id IS NULL;
