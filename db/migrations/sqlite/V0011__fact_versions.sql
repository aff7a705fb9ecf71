-- Imports are numbered, facts keep the versions that imports replace, and a run knows facts up to one import.

-- Who imported, by which process, and why it came to nothing. Its table is made anew, because an import may have failed now;
-- other tables refer to it, and to the new one again before this script ends.
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE import_before AS SELECT * FROM import_run;
DROP TABLE import_run;

CREATE TABLE import_run (
    import_id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder TEXT NOT NULL,
    strict INTEGER NOT NULL CHECK (strict IN (0, 1)),
    by_name TEXT,
    owner TEXT,
    status TEXT NOT NULL CHECK (
        status IN ('InProgress', 'Completed', 'CompletedWithRejects', 'Refused', 'Failed')
    ),
    error TEXT,
    started_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;

INSERT INTO import_run (import_id, folder, strict, status, started_at, finished_at)
SELECT import_id, folder, strict, status, started_at, finished_at FROM import_before;

DROP TABLE import_before;

ALTER TABLE import_file ADD COLUMN sha256 TEXT CHECK (length(sha256) = 64);

-- All that was known so far belongs to the first import, which therefore counts as completed. One that is still said to be in
-- progress died: nobody imports while this script runs.
INSERT INTO import_run (folder, strict, status, started_at, finished_at)
SELECT '', 0, 'Completed', '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'
FROM (SELECT count(*) AS imports FROM import_run) i
WHERE i.imports = 0
  AND (EXISTS (SELECT 1 FROM agreement) OR EXISTS (SELECT 1 FROM partner) OR EXISTS (SELECT 1 FROM payment));

UPDATE import_run SET status = 'Completed', finished_at = coalesce(finished_at, started_at)
WHERE import_id = 1 AND status NOT IN ('Completed', 'CompletedWithRejects')
  AND (EXISTS (SELECT 1 FROM agreement) OR EXISTS (SELECT 1 FROM partner) OR EXISTS (SELECT 1 FROM payment));

UPDATE import_run SET status = 'Failed', finished_at = started_at, error = 'The process died before it had ended.'
WHERE status = 'InProgress';

-- The import that made the version which holds now.
ALTER TABLE agreement ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE entitlement_grant ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE partner ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE partner_location ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE partner_competency ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE enrollment ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE consultant ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE consultant_exam ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE voucher ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE payment_request ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;
ALTER TABLE payment ADD COLUMN imported_in INTEGER NOT NULL DEFAULT 1;

-- What was imported since: those whose rows are many. Exams, partners and what belongs to them are few.
CREATE INDEX agreement_by_import ON agreement (imported_in);
CREATE INDEX entitlement_grant_by_import ON entitlement_grant (imported_in);
CREATE INDEX voucher_by_import ON voucher (imported_in);
CREATE INDEX payment_request_by_import ON payment_request (imported_in);
CREATE INDEX payment_by_import ON payment (imported_in);

-- The last import that a run sees; 0 where nothing was imported before. What ran so far knew what is known now.
ALTER TABLE run ADD COLUMN knowledge_point INTEGER NOT NULL DEFAULT 1;

-- The versions that imports replaced, for ever: each held from import imported_in on, and no longer when replaced_in was
-- completed. Exams are all key, so they have none.
CREATE TABLE agreement_version (
    agreement_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    ends_on TEXT,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (agreement_id, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE entitlement_grant_version (
    grant_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    granted_on TEXT NOT NULL,
    days INTEGER NOT NULL,
    source TEXT NOT NULL,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (grant_id, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_version (
    partner_id TEXT NOT NULL,
    name TEXT NOT NULL,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (partner_id, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_location_version (
    location_id TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    country TEXT NOT NULL,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (location_id, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_competency_version (
    partner_id TEXT NOT NULL,
    competency TEXT NOT NULL,
    level TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (partner_id, competency, level, from_on, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrollment_version (
    partner_id TEXT NOT NULL,
    offering TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    ends_on TEXT,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (partner_id, offering, signed_on, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE consultant_version (
    consultant_id TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (consultant_id, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE voucher_version (
    voucher_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    engagement TEXT NOT NULL,
    days INTEGER NOT NULL,
    division TEXT,
    product TEXT,
    country TEXT NOT NULL,
    created_on TEXT NOT NULL,
    assigned_on TEXT,
    reserved_on TEXT,
    reserved_location_id TEXT,
    consultant_id TEXT,
    engagement_started_on TEXT,
    engagement_completed_on TEXT,
    completion_report_on TEXT,
    deliverable_on TEXT,
    redeemed_on TEXT,
    cancelled_on TEXT,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (voucher_id, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment_request_version (
    request_id TEXT NOT NULL,
    voucher_id TEXT NOT NULL,
    location_id TEXT NOT NULL,
    submitted_on TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    currency TEXT NOT NULL,
    invoice_number TEXT NOT NULL,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (request_id, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment_version (
    payment_id TEXT NOT NULL,
    request_id TEXT,
    invoice_number TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    currency TEXT NOT NULL,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (payment_id, replaced_in)
) STRICT, WITHOUT ROWID;

-- As the facts are found: by customer, agreement, voucher, request and invoice number.
CREATE INDEX agreement_version_by_customer ON agreement_version (customer_id, agreement_id);
CREATE INDEX entitlement_grant_version_by_agreement ON entitlement_grant_version (agreement_id);
CREATE INDEX voucher_version_by_agreement ON voucher_version (agreement_id, voucher_id);
CREATE INDEX payment_request_version_by_voucher ON payment_request_version (voucher_id, request_id);
CREATE INDEX payment_request_version_by_invoice ON payment_request_version (invoice_number);
CREATE INDEX payment_version_by_request ON payment_version (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX payment_version_by_invoice ON payment_version (invoice_number) WHERE request_id IS NULL;
