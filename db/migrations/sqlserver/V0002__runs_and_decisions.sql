-- What runs do: the runs and their attempts, the policy packs they used, decisions, history and the days ledger.

CREATE TABLE policy_pack (
    pack_id bigint IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    hash nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL UNIQUE CHECK (len(hash) = 64),
    name nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    stored_at datetime2(3) NOT NULL
);

-- The text of each pack that a run used, so that any run can be repeated.
CREATE TABLE policy_pack_file (
    pack_id bigint NOT NULL REFERENCES policy_pack,
    path nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    text nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    PRIMARY KEY (pack_id, path)
);

-- One job for one business date. It completes once.
CREATE TABLE run (
    run_id bigint IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    job nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    business_date date NOT NULL,
    status nvarchar(30) COLLATE Latin1_General_BIN2 NOT NULL
        CONSTRAINT run_status_is_known CHECK (
            status IN ('InProgress', 'Interrupted', 'Failed', 'Completed', 'CompletedWithErrors', 'Abandoned')
        ),
    pack_id bigint NOT NULL REFERENCES policy_pack,
    -- The number of its latest attempt.
    attempt bigint NOT NULL CHECK (attempt > 0),
    error nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    started_at datetime2(3) NOT NULL,
    finished_at datetime2(3) NULL
);

CREATE UNIQUE INDEX run_once ON run (job, business_date) WHERE status <> N'Abandoned';

CREATE TABLE run_attempt (
    run_id bigint NOT NULL REFERENCES run,
    attempt bigint NOT NULL,
    owner nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    started_at datetime2(3) NOT NULL,
    finished_at datetime2(3) NULL,
    ended nvarchar(30) COLLATE Latin1_General_BIN2 NULL
        CONSTRAINT run_attempt_ended_is_known CHECK (
            ended IN ('Completed', 'CompletedWithErrors', 'Failed', 'Interrupted', 'TakenOver', 'Abandoned')
        ),
    error nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    PRIMARY KEY (run_id, attempt)
);

-- A customer whose facts could not be decided; the rest of the run went on without it.
CREATE TABLE quarantine (
    run_id bigint NOT NULL REFERENCES run,
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    error nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    PRIMARY KEY (run_id, customer_id)
);

-- The names behind the small numbers that keep the decision tables compact.
CREATE TABLE rule_set (
    rule_set smallint NOT NULL PRIMARY KEY,
    name nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL UNIQUE
);
INSERT INTO rule_set (rule_set, name) VALUES
    (1, 'retirement'), (2, 'expiry'), (3, 'entitlement'),
    (4, 'eligibility'), (5, 'payment'), (6, 'reconciliation');

CREATE TABLE subject_type (
    subject_type smallint NOT NULL PRIMARY KEY,
    name nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL UNIQUE
);
INSERT INTO subject_type (subject_type, name) VALUES
    (1, 'voucher'), (2, 'agreement'), (3, 'payment_request'), (4, 'payment');

CREATE TABLE change_kind (
    change_kind smallint NOT NULL PRIMARY KEY,
    name nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL UNIQUE
);
INSERT INTO change_kind (change_kind, name) VALUES (1, 'decided'), (2, 'changed'), (3, 'ended');

-- The current decisions, with the customer first in their key, because a run reads and writes them by customer;
-- customer_id is '' for payments that name no request. The rows are few bytes and many: run_id, of the run that last
-- changed the decision, stands for its business date and policy pack. The numbers are checked by the program that
-- writes them, not by foreign keys, which cost a look-up for each of some millions of rows.
CREATE TABLE decision (
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    rule_set smallint NOT NULL
        CONSTRAINT decision_rule_set_is_known CHECK (rule_set BETWEEN 1 AND 6),
    subject_type smallint NOT NULL
        CONSTRAINT decision_subject_type_is_known CHECK (subject_type BETWEEN 1 AND 4),
    subject_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    outcome nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    run_id bigint NOT NULL,
    PRIMARY KEY (customer_id, rule_set, subject_type, subject_id)
);

-- Every change of a decision, for ever. Its key holds the run: no run can write the same change twice.
CREATE TABLE decision_history (
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    rule_set smallint NOT NULL
        CONSTRAINT decision_history_rule_set_is_known CHECK (rule_set BETWEEN 1 AND 6),
    subject_type smallint NOT NULL
        CONSTRAINT decision_history_subject_type_is_known CHECK (subject_type BETWEEN 1 AND 4),
    subject_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    run_id bigint NOT NULL,
    change_kind smallint NOT NULL
        CONSTRAINT decision_history_change_kind_is_known CHECK (change_kind BETWEEN 1 AND 3),
    outcome nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    PRIMARY KEY (customer_id, rule_set, subject_type, subject_id, run_id)
);

-- Days that expired vouchers gave back to their agreements, and reversals; the balance of a voucher is their sum.
CREATE TABLE days_ledger (
    agreement_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES agreement,
    voucher_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES voucher,
    run_id bigint NOT NULL REFERENCES run,
    days int NOT NULL,
    reason nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL
        CONSTRAINT days_ledger_reason_is_known CHECK (reason IN ('returned', 'reversed')),
    CHECK (reason = 'returned' AND days > 0 OR reason = 'reversed' AND days < 0),
    PRIMARY KEY (agreement_id, voucher_id, run_id)
);
GO

-- For people: the current decisions, their history and the ledger with names, dates and packs.
CREATE VIEW decision_listing AS
SELECT s.name AS rule_set, t.name AS subject, d.subject_id, d.customer_id, d.outcome, d.codes, d.details,
       d.findings, r.business_date, r.job, d.run_id, p.hash AS pack_hash
FROM decision d
JOIN rule_set s ON s.rule_set = d.rule_set
JOIN subject_type t ON t.subject_type = d.subject_type
JOIN run r ON r.run_id = d.run_id
JOIN policy_pack p ON p.pack_id = r.pack_id;
GO

CREATE VIEW decision_history_listing AS
SELECT r.business_date, r.job, s.name AS rule_set, t.name AS subject, h.subject_id, h.customer_id,
       c.name AS change, h.outcome, h.codes, h.details, h.findings, h.run_id, p.hash AS pack_hash
FROM decision_history h
JOIN rule_set s ON s.rule_set = h.rule_set
JOIN subject_type t ON t.subject_type = h.subject_type
JOIN change_kind c ON c.change_kind = h.change_kind
JOIN run r ON r.run_id = h.run_id
JOIN policy_pack p ON p.pack_id = r.pack_id;
GO

CREATE VIEW days_ledger_listing AS
SELECT r.business_date, r.job, l.agreement_id, l.voucher_id, l.days, l.reason, l.run_id
FROM days_ledger l
JOIN run r ON r.run_id = l.run_id;
GO

-- Decisions are kept by customer, so they move when a subject comes to belong to another: the next run then
-- compares them with what it decides there. The history stays where it was written.
CREATE TRIGGER agreement_moves ON agreement AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF NOT UPDATE(customer_id) RETURN;

    DECLARE @moved TABLE (
        agreement_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
        from_customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
        to_customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL
    );

    INSERT INTO @moved (agreement_id, from_customer_id, to_customer_id)
    SELECT i.agreement_id, d.customer_id, i.customer_id
    FROM inserted i
    JOIN deleted d ON d.agreement_id = i.agreement_id
    WHERE i.customer_id <> d.customer_id;

    IF NOT EXISTS (SELECT 1 FROM @moved) RETURN;

    UPDATE x SET customer_id = m.to_customer_id
    FROM @moved m
    JOIN decision x ON x.customer_id = m.from_customer_id
    WHERE x.rule_set = 3 AND x.subject_type = 2 AND x.subject_id = m.agreement_id;

    UPDATE x SET customer_id = m.to_customer_id
    FROM @moved m
    JOIN voucher v ON v.agreement_id = m.agreement_id
    JOIN decision x ON x.customer_id = m.from_customer_id
    WHERE x.subject_type = 1 AND x.subject_id = v.voucher_id;

    UPDATE x SET customer_id = m.to_customer_id
    FROM @moved m
    JOIN voucher v ON v.agreement_id = m.agreement_id
    JOIN payment_request q ON q.voucher_id = v.voucher_id
    JOIN decision x ON x.customer_id = m.from_customer_id
    WHERE x.subject_type = 3 AND x.subject_id = q.request_id;

    UPDATE x SET customer_id = m.to_customer_id
    FROM @moved m
    JOIN voucher v ON v.agreement_id = m.agreement_id
    JOIN payment_request q ON q.voucher_id = v.voucher_id
    JOIN payment p ON p.request_id = q.request_id
    JOIN decision x ON x.customer_id = m.from_customer_id
    WHERE x.subject_type = 4 AND x.subject_id = p.payment_id;
END
GO

CREATE TRIGGER voucher_moves ON voucher AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF NOT UPDATE(agreement_id) RETURN;

    DECLARE @moved TABLE (
        voucher_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
        from_customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
        to_customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL
    );

    INSERT INTO @moved (voucher_id, from_customer_id, to_customer_id)
    SELECT i.voucher_id, before.customer_id, after.customer_id
    FROM inserted i
    JOIN deleted d ON d.voucher_id = i.voucher_id
    JOIN agreement before ON before.agreement_id = d.agreement_id
    JOIN agreement after ON after.agreement_id = i.agreement_id
    WHERE before.customer_id <> after.customer_id;

    IF NOT EXISTS (SELECT 1 FROM @moved) RETURN;

    UPDATE x SET customer_id = m.to_customer_id
    FROM @moved m
    JOIN decision x ON x.customer_id = m.from_customer_id
    WHERE x.subject_type = 1 AND x.subject_id = m.voucher_id
       OR x.subject_type = 3 AND x.subject_id IN
          (SELECT q.request_id FROM payment_request q WHERE q.voucher_id = m.voucher_id)
       OR x.subject_type = 4 AND x.subject_id IN
          (SELECT p.payment_id FROM payment_request q JOIN payment p ON p.request_id = q.request_id
           WHERE q.voucher_id = m.voucher_id);
END
GO

CREATE TRIGGER payment_request_moves ON payment_request AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF NOT UPDATE(voucher_id) RETURN;

    DECLARE @moved TABLE (
        request_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
        from_customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
        to_customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL
    );

    INSERT INTO @moved (request_id, from_customer_id, to_customer_id)
    SELECT i.request_id, before.customer_id, after.customer_id
    FROM inserted i
    JOIN deleted d ON d.request_id = i.request_id
    JOIN voucher before_voucher ON before_voucher.voucher_id = d.voucher_id
    JOIN agreement before ON before.agreement_id = before_voucher.agreement_id
    JOIN voucher after_voucher ON after_voucher.voucher_id = i.voucher_id
    JOIN agreement after ON after.agreement_id = after_voucher.agreement_id
    WHERE before.customer_id <> after.customer_id;

    IF NOT EXISTS (SELECT 1 FROM @moved) RETURN;

    UPDATE x SET customer_id = m.to_customer_id
    FROM @moved m
    JOIN decision x ON x.customer_id = m.from_customer_id
    WHERE x.subject_type = 3 AND x.subject_id = m.request_id
       OR x.subject_type = 4 AND x.subject_id IN
          (SELECT p.payment_id FROM payment p WHERE p.request_id = m.request_id);
END
GO

-- A payment that names no request belongs to customer ''.
CREATE TRIGGER payment_moves ON payment AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF NOT UPDATE(request_id) RETURN;

    DECLARE @moved TABLE (
        payment_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
        from_customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
        to_customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL
    );

    INSERT INTO @moved (payment_id, from_customer_id, to_customer_id)
    SELECT i.payment_id, coalesce(before.customer_id, ''), coalesce(after.customer_id, '')
    FROM inserted i
    JOIN deleted d ON d.payment_id = i.payment_id
    LEFT JOIN payment_request before_request ON before_request.request_id = d.request_id
    LEFT JOIN voucher before_voucher ON before_voucher.voucher_id = before_request.voucher_id
    LEFT JOIN agreement before ON before.agreement_id = before_voucher.agreement_id
    LEFT JOIN payment_request after_request ON after_request.request_id = i.request_id
    LEFT JOIN voucher after_voucher ON after_voucher.voucher_id = after_request.voucher_id
    LEFT JOIN agreement after ON after.agreement_id = after_voucher.agreement_id
    WHERE coalesce(before.customer_id, '') <> coalesce(after.customer_id, '');

    IF NOT EXISTS (SELECT 1 FROM @moved) RETURN;

    UPDATE x SET customer_id = m.to_customer_id
    FROM @moved m
    JOIN decision x ON x.customer_id = m.from_customer_id
    WHERE x.rule_set = 6 AND x.subject_type = 4 AND x.subject_id = m.payment_id;
END
