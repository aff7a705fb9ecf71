-- The facts, one table for each kind of import file. Facts are never deleted: what ended carries a date.

-- Every text sorts and compares by its bytes, whatever the language of the server, so that a run walks through the
-- same subjects in the same order everywhere.
CREATE DOMAIN ordinal_text AS text COLLATE "C";
CREATE DOMAIN identifier AS text COLLATE "C" CHECK (length(VALUE) BETWEEN 1 AND 40);

CREATE TABLE agreement (
    agreement_id identifier NOT NULL PRIMARY KEY,
    customer_id identifier NOT NULL,
    ends_on date
);

-- A chunk of a run is a range of customers: this index walks them in order.
CREATE INDEX agreement_by_customer ON agreement (customer_id, agreement_id);

CREATE TABLE entitlement_grant (
    grant_id identifier NOT NULL PRIMARY KEY,
    agreement_id identifier NOT NULL REFERENCES agreement,
    granted_on date NOT NULL,
    days integer NOT NULL CHECK (days > 0),
    source ordinal_text NOT NULL CHECK (source IN ('accrual', 'training_conversion'))
);

CREATE INDEX entitlement_grant_by_agreement ON entitlement_grant (agreement_id);

CREATE TABLE partner (
    partner_id identifier NOT NULL PRIMARY KEY,
    name ordinal_text NOT NULL
);

CREATE TABLE partner_location (
    location_id identifier NOT NULL PRIMARY KEY,
    partner_id identifier NOT NULL REFERENCES partner,
    country ordinal_text NOT NULL CHECK (length(country) = 2)
);

CREATE TABLE partner_competency (
    partner_id identifier NOT NULL REFERENCES partner,
    competency ordinal_text NOT NULL,
    level ordinal_text NOT NULL CHECK (level IN ('silver', 'gold')),
    from_on date NOT NULL,
    to_on date,
    PRIMARY KEY (partner_id, competency, level, from_on)
);

CREATE TABLE enrollment (
    partner_id identifier NOT NULL REFERENCES partner,
    offering ordinal_text NOT NULL,
    signed_on date NOT NULL,
    ends_on date,
    PRIMARY KEY (partner_id, offering, signed_on)
);

CREATE TABLE consultant (
    consultant_id identifier NOT NULL PRIMARY KEY,
    partner_id identifier NOT NULL REFERENCES partner
);

CREATE TABLE consultant_exam (
    consultant_id identifier NOT NULL REFERENCES consultant,
    competency ordinal_text NOT NULL,
    passed_on date NOT NULL,
    PRIMARY KEY (consultant_id, competency, passed_on)
);

CREATE TABLE voucher (
    voucher_id identifier NOT NULL PRIMARY KEY,
    agreement_id identifier NOT NULL REFERENCES agreement,
    engagement ordinal_text NOT NULL,
    days integer NOT NULL CHECK (days > 0),
    division ordinal_text,
    product ordinal_text,
    country ordinal_text NOT NULL CHECK (length(country) = 2),
    created_on date NOT NULL,
    assigned_on date,
    reserved_on date,
    reserved_location_id identifier REFERENCES partner_location,
    consultant_id identifier REFERENCES consultant,
    engagement_started_on date,
    engagement_completed_on date,
    completion_report_on date,
    deliverable_on date,
    redeemed_on date,
    cancelled_on date,
    -- How far it has come, as of the last run; absent before the first. Runs write it, imports leave it alone.
    status ordinal_text CHECK (
        status IN ('Created', 'Assigned', 'Reserved', 'Delivered', 'Expired', 'Redeemed', 'Void', 'Cancelled')
    ),
    CHECK (reserved_on IS NULL OR reserved_location_id IS NOT NULL)
);

CREATE INDEX voucher_by_agreement ON voucher (agreement_id, voucher_id);

CREATE TABLE payment_request (
    request_id identifier NOT NULL PRIMARY KEY,
    voucher_id identifier NOT NULL REFERENCES voucher,
    location_id identifier NOT NULL REFERENCES partner_location,
    submitted_on date NOT NULL,
    amount decimal(19, 4) NOT NULL CHECK (amount > 0),
    currency ordinal_text NOT NULL CHECK (length(currency) = 3),
    invoice_number ordinal_text NOT NULL
);

CREATE INDEX payment_request_by_voucher ON payment_request (voucher_id, request_id);
CREATE INDEX payment_request_by_invoice ON payment_request (invoice_number);

CREATE TABLE payment (
    payment_id identifier NOT NULL PRIMARY KEY,
    request_id identifier REFERENCES payment_request,
    invoice_number ordinal_text NOT NULL,
    paid_on date NOT NULL,
    amount decimal(19, 4) NOT NULL CHECK (amount > 0),
    currency ordinal_text NOT NULL CHECK (length(currency) = 3)
);

CREATE INDEX payment_by_request ON payment (request_id) WHERE request_id IS NOT NULL;
-- Payments that name no request are matched by their invoice number, and walked by their id.
CREATE INDEX payment_by_invoice ON payment (invoice_number) WHERE request_id IS NULL;
CREATE INDEX payment_without_request ON payment (payment_id) WHERE request_id IS NULL;
