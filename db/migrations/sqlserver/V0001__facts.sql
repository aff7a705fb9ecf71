-- The facts, one table for each kind of import file. Facts are never deleted: what ended carries a date.

-- Identifiers and texts sort and compare by their characters' numbers, whatever the language of the server, so that a
-- run walks through the same subjects in the same order everywhere. The checks of closed sets have names, by which a
-- later script can replace them.

CREATE TABLE agreement (
    agreement_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    ends_on date NULL
);

-- A chunk of a run is a range of customers: this index walks them in order.
CREATE INDEX agreement_by_customer ON agreement (customer_id, agreement_id);

CREATE TABLE entitlement_grant (
    grant_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    agreement_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES agreement,
    granted_on date NOT NULL,
    days int NOT NULL CHECK (days > 0),
    source nvarchar(30) COLLATE Latin1_General_BIN2 NOT NULL
        CONSTRAINT entitlement_grant_source_is_known CHECK (source IN ('accrual', 'training_conversion'))
);

CREATE INDEX entitlement_grant_by_agreement ON entitlement_grant (agreement_id);

CREATE TABLE partner (
    partner_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    name nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL
);

CREATE TABLE partner_location (
    location_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    partner_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES partner,
    country nvarchar(2) COLLATE Latin1_General_BIN2 NOT NULL CHECK (len(country) = 2)
);

CREATE TABLE partner_competency (
    partner_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES partner,
    competency nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    level nvarchar(10) COLLATE Latin1_General_BIN2 NOT NULL
        CONSTRAINT partner_competency_level_is_known CHECK (level IN ('silver', 'gold')),
    from_on date NOT NULL,
    to_on date NULL,
    PRIMARY KEY (partner_id, competency, level, from_on)
);

CREATE TABLE enrollment (
    partner_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES partner,
    offering nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    signed_on date NOT NULL,
    ends_on date NULL,
    PRIMARY KEY (partner_id, offering, signed_on)
);

CREATE TABLE consultant (
    consultant_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    partner_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES partner
);

CREATE TABLE consultant_exam (
    consultant_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES consultant,
    competency nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    passed_on date NOT NULL,
    PRIMARY KEY (consultant_id, competency, passed_on)
);

CREATE TABLE voucher (
    voucher_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    agreement_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES agreement,
    engagement nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    days int NOT NULL CHECK (days > 0),
    division nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    product nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    country nvarchar(2) COLLATE Latin1_General_BIN2 NOT NULL CHECK (len(country) = 2),
    created_on date NOT NULL,
    assigned_on date NULL,
    reserved_on date NULL,
    reserved_location_id varchar(40) COLLATE Latin1_General_BIN2 NULL REFERENCES partner_location,
    consultant_id varchar(40) COLLATE Latin1_General_BIN2 NULL REFERENCES consultant,
    engagement_started_on date NULL,
    engagement_completed_on date NULL,
    completion_report_on date NULL,
    deliverable_on date NULL,
    redeemed_on date NULL,
    cancelled_on date NULL,
    -- How far it has come, as of the last run; absent before the first. Runs write it, imports leave it alone.
    status nvarchar(30) COLLATE Latin1_General_BIN2 NULL
        CONSTRAINT voucher_status_is_known CHECK (
            status IN ('Created', 'Assigned', 'Reserved', 'Delivered', 'Expired', 'Redeemed', 'Void', 'Cancelled')
        ),
    CHECK (reserved_on IS NULL OR reserved_location_id IS NOT NULL)
);

CREATE INDEX voucher_by_agreement ON voucher (agreement_id, voucher_id);

CREATE TABLE payment_request (
    request_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    voucher_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES voucher,
    location_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES partner_location,
    submitted_on date NOT NULL,
    amount decimal(19, 4) NOT NULL CHECK (amount > 0),
    currency nvarchar(3) COLLATE Latin1_General_BIN2 NOT NULL CHECK (len(currency) = 3),
    invoice_number nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL
);

CREATE INDEX payment_request_by_voucher ON payment_request (voucher_id, request_id);
CREATE INDEX payment_request_by_invoice ON payment_request (invoice_number);

CREATE TABLE payment (
    payment_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    request_id varchar(40) COLLATE Latin1_General_BIN2 NULL REFERENCES payment_request,
    invoice_number nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    paid_on date NOT NULL,
    amount decimal(19, 4) NOT NULL CHECK (amount > 0),
    currency nvarchar(3) COLLATE Latin1_General_BIN2 NOT NULL CHECK (len(currency) = 3)
);

CREATE INDEX payment_by_request ON payment (request_id) WHERE request_id IS NOT NULL;
-- Payments that name no request are matched by their invoice number, and walked by their id.
CREATE INDEX payment_by_invoice ON payment (invoice_number) WHERE request_id IS NULL;
CREATE INDEX payment_without_request ON payment (payment_id) WHERE request_id IS NULL;
