-- Imports are numbered, facts keep the versions that imports replace, and a run knows facts up to one import.

-- Who imported, by which process, and why it came to nothing.
ALTER TABLE import_run ADD COLUMN by_name ordinal_text;
ALTER TABLE import_run ADD COLUMN owner ordinal_text;
ALTER TABLE import_run ADD COLUMN error ordinal_text;
ALTER TABLE import_run DROP CONSTRAINT import_run_status_check;
ALTER TABLE import_run ADD CONSTRAINT import_run_status_check CHECK (
    status IN ('InProgress', 'Completed', 'CompletedWithRejects', 'Refused', 'Failed')
);

ALTER TABLE import_file ADD COLUMN sha256 ordinal_text CHECK (length(sha256) = 64);

-- All that was known so far belongs to the first import, which therefore counts as completed. One that is still said to be in
-- progress died: nobody imports while this script runs.
INSERT INTO import_run (folder, strict, status, started_at, finished_at)
SELECT '', false, 'Completed', '1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'
FROM (SELECT count(*) AS imports FROM import_run) i
WHERE i.imports = 0
  AND (EXISTS (SELECT 1 FROM agreement) OR EXISTS (SELECT 1 FROM partner) OR EXISTS (SELECT 1 FROM payment));

UPDATE import_run SET status = 'Completed', finished_at = coalesce(finished_at, started_at)
WHERE import_id = 1 AND status NOT IN ('Completed', 'CompletedWithRejects')
  AND (EXISTS (SELECT 1 FROM agreement) OR EXISTS (SELECT 1 FROM partner) OR EXISTS (SELECT 1 FROM payment));

UPDATE import_run SET status = 'Failed', finished_at = started_at, error = 'The process died before it had ended.'
WHERE status = 'InProgress';

-- The import that made the version which holds now.
ALTER TABLE agreement ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE entitlement_grant ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE partner ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE partner_location ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE partner_competency ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE enrollment ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE consultant ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE consultant_exam ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE voucher ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE payment_request ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;
ALTER TABLE payment ADD COLUMN imported_in bigint NOT NULL DEFAULT 1;

-- What was imported since: those whose rows are many. Exams, partners and what belongs to them are few.
CREATE INDEX agreement_by_import ON agreement (imported_in);
CREATE INDEX entitlement_grant_by_import ON entitlement_grant (imported_in);
CREATE INDEX voucher_by_import ON voucher (imported_in);
CREATE INDEX payment_request_by_import ON payment_request (imported_in);
CREATE INDEX payment_by_import ON payment (imported_in);

-- The last import that a run sees; 0 where nothing was imported before. What ran so far knew what is known now.
ALTER TABLE run ADD COLUMN knowledge_point bigint NOT NULL DEFAULT 1;

-- The versions that imports replaced, for ever: each held from import imported_in on, and no longer when replaced_in was
-- completed. Exams are all key, so they have none.
CREATE TABLE agreement_version (
    agreement_id identifier NOT NULL,
    customer_id identifier NOT NULL,
    ends_on date,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (agreement_id, replaced_in)
);

CREATE TABLE entitlement_grant_version (
    grant_id identifier NOT NULL,
    agreement_id identifier NOT NULL,
    granted_on date NOT NULL,
    days integer NOT NULL,
    source ordinal_text NOT NULL,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (grant_id, replaced_in)
);

CREATE TABLE partner_version (
    partner_id identifier NOT NULL,
    name ordinal_text NOT NULL,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (partner_id, replaced_in)
);

CREATE TABLE partner_location_version (
    location_id identifier NOT NULL,
    partner_id identifier NOT NULL,
    country ordinal_text NOT NULL,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (location_id, replaced_in)
);

CREATE TABLE partner_competency_version (
    partner_id identifier NOT NULL,
    competency ordinal_text NOT NULL,
    level ordinal_text NOT NULL,
    from_on date NOT NULL,
    to_on date,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (partner_id, competency, level, from_on, replaced_in)
);

CREATE TABLE enrollment_version (
    partner_id identifier NOT NULL,
    offering ordinal_text NOT NULL,
    signed_on date NOT NULL,
    ends_on date,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (partner_id, offering, signed_on, replaced_in)
);

CREATE TABLE consultant_version (
    consultant_id identifier NOT NULL,
    partner_id identifier NOT NULL,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (consultant_id, replaced_in)
);

CREATE TABLE voucher_version (
    voucher_id identifier NOT NULL,
    agreement_id identifier NOT NULL,
    engagement ordinal_text NOT NULL,
    days integer NOT NULL,
    division ordinal_text,
    product ordinal_text,
    country ordinal_text NOT NULL,
    created_on date NOT NULL,
    assigned_on date,
    reserved_on date,
    reserved_location_id identifier,
    consultant_id identifier,
    engagement_started_on date,
    engagement_completed_on date,
    completion_report_on date,
    deliverable_on date,
    redeemed_on date,
    cancelled_on date,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (voucher_id, replaced_in)
);

CREATE TABLE payment_request_version (
    request_id identifier NOT NULL,
    voucher_id identifier NOT NULL,
    location_id identifier NOT NULL,
    submitted_on date NOT NULL,
    amount decimal(19, 4) NOT NULL,
    currency ordinal_text NOT NULL,
    invoice_number ordinal_text NOT NULL,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (request_id, replaced_in)
);

CREATE TABLE payment_version (
    payment_id identifier NOT NULL,
    request_id identifier,
    invoice_number ordinal_text NOT NULL,
    paid_on date NOT NULL,
    amount decimal(19, 4) NOT NULL,
    currency ordinal_text NOT NULL,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (payment_id, replaced_in)
);

-- As the facts are found: by customer, agreement, voucher, request and invoice number.
CREATE INDEX agreement_version_by_customer ON agreement_version (customer_id, agreement_id);
CREATE INDEX entitlement_grant_version_by_agreement ON entitlement_grant_version (agreement_id);
CREATE INDEX voucher_version_by_agreement ON voucher_version (agreement_id, voucher_id);
CREATE INDEX payment_request_version_by_voucher ON payment_request_version (voucher_id, request_id);
CREATE INDEX payment_request_version_by_invoice ON payment_request_version (invoice_number);
CREATE INDEX payment_version_by_request ON payment_version (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX payment_version_by_invoice ON payment_version (invoice_number) WHERE request_id IS NULL;
