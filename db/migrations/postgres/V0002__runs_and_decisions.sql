-- What runs do: the runs and their attempts, the policy packs they used, decisions, history and the days ledger.

CREATE TABLE policy_pack (
    pack_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash ordinal_text NOT NULL UNIQUE CHECK (length(hash) = 64),
    name ordinal_text NOT NULL,
    stored_at timestamptz NOT NULL
);

-- The text of each pack that a run used, so that any run can be repeated.
CREATE TABLE policy_pack_file (
    pack_id bigint NOT NULL REFERENCES policy_pack,
    path ordinal_text NOT NULL,
    text ordinal_text NOT NULL,
    PRIMARY KEY (pack_id, path)
);

-- One job for one business date. It completes once.
CREATE TABLE run (
    run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job ordinal_text NOT NULL,
    business_date date NOT NULL,
    status ordinal_text NOT NULL CHECK (
        status IN ('InProgress', 'Interrupted', 'Failed', 'Completed', 'CompletedWithErrors', 'Abandoned')
    ),
    pack_id bigint NOT NULL REFERENCES policy_pack,
    -- The number of its latest attempt.
    attempt bigint NOT NULL CHECK (attempt > 0),
    error ordinal_text,
    started_at timestamptz NOT NULL,
    finished_at timestamptz
);

CREATE UNIQUE INDEX run_once ON run (job, business_date) WHERE status <> 'Abandoned';

CREATE TABLE run_attempt (
    run_id bigint NOT NULL REFERENCES run,
    attempt bigint NOT NULL,
    owner ordinal_text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    ended ordinal_text CHECK (
        ended IN ('Completed', 'CompletedWithErrors', 'Failed', 'Interrupted', 'TakenOver', 'Abandoned')
    ),
    error ordinal_text,
    PRIMARY KEY (run_id, attempt)
);

-- A customer whose facts could not be decided; the rest of the run went on without it.
CREATE TABLE quarantine (
    run_id bigint NOT NULL REFERENCES run,
    customer_id ordinal_text NOT NULL,
    error ordinal_text NOT NULL,
    PRIMARY KEY (run_id, customer_id)
);

-- The names behind the small numbers that keep the decision tables compact.
CREATE TABLE rule_set (rule_set smallint PRIMARY KEY, name ordinal_text NOT NULL UNIQUE);
INSERT INTO rule_set (rule_set, name) VALUES
    (1, 'retirement'), (2, 'expiry'), (3, 'entitlement'),
    (4, 'eligibility'), (5, 'payment'), (6, 'reconciliation');

CREATE TABLE subject_type (subject_type smallint PRIMARY KEY, name ordinal_text NOT NULL UNIQUE);
INSERT INTO subject_type (subject_type, name) VALUES
    (1, 'voucher'), (2, 'agreement'), (3, 'payment_request'), (4, 'payment');

CREATE TABLE change_kind (change_kind smallint PRIMARY KEY, name ordinal_text NOT NULL UNIQUE);
INSERT INTO change_kind (change_kind, name) VALUES (1, 'decided'), (2, 'changed'), (3, 'ended');

-- The current decisions, with the customer first in their key, because a run reads and writes them by customer;
-- customer_id is '' for payments that name no request. The rows are few bytes and many: run_id, of the run that last
-- changed the decision, stands for its business date and policy pack. The numbers are checked by the program that
-- writes them, not by foreign keys, which cost a look-up for each of some millions of rows.
CREATE TABLE decision (
    customer_id ordinal_text NOT NULL,
    rule_set smallint NOT NULL CHECK (rule_set BETWEEN 1 AND 6),
    subject_type smallint NOT NULL CHECK (subject_type BETWEEN 1 AND 4),
    subject_id ordinal_text NOT NULL,
    outcome ordinal_text NOT NULL,
    codes ordinal_text NOT NULL,
    details ordinal_text NOT NULL,
    findings ordinal_text,
    run_id bigint NOT NULL,
    PRIMARY KEY (customer_id, rule_set, subject_type, subject_id)
);

-- Every change of a decision, for ever. Its key holds the run: no run can write the same change twice.
CREATE TABLE decision_history (
    customer_id ordinal_text NOT NULL,
    rule_set smallint NOT NULL CHECK (rule_set BETWEEN 1 AND 6),
    subject_type smallint NOT NULL CHECK (subject_type BETWEEN 1 AND 4),
    subject_id ordinal_text NOT NULL,
    run_id bigint NOT NULL,
    change_kind smallint NOT NULL CHECK (change_kind BETWEEN 1 AND 3),
    outcome ordinal_text NOT NULL,
    codes ordinal_text NOT NULL,
    details ordinal_text NOT NULL,
    findings ordinal_text,
    PRIMARY KEY (customer_id, rule_set, subject_type, subject_id, run_id)
);

-- Days that expired vouchers gave back to their agreements, and reversals; the balance of a voucher is their sum.
CREATE TABLE days_ledger (
    agreement_id identifier NOT NULL REFERENCES agreement,
    voucher_id identifier NOT NULL REFERENCES voucher,
    run_id bigint NOT NULL REFERENCES run,
    days integer NOT NULL,
    reason ordinal_text NOT NULL CHECK (reason IN ('returned', 'reversed')),
    CHECK ((reason = 'returned') = (days > 0) AND days <> 0),
    PRIMARY KEY (agreement_id, voucher_id, run_id)
);

-- For people: the current decisions, their history and the ledger with names, dates and packs.
CREATE VIEW decision_listing AS
SELECT s.name AS rule_set, t.name AS subject, d.subject_id, d.customer_id, d.outcome, d.codes, d.details,
       d.findings, r.business_date, r.job, d.run_id, p.hash AS pack_hash
FROM decision d
JOIN rule_set s ON s.rule_set = d.rule_set
JOIN subject_type t ON t.subject_type = d.subject_type
JOIN run r ON r.run_id = d.run_id
JOIN policy_pack p ON p.pack_id = r.pack_id;

CREATE VIEW decision_history_listing AS
SELECT r.business_date, r.job, s.name AS rule_set, t.name AS subject, h.subject_id, h.customer_id,
       c.name AS change, h.outcome, h.codes, h.details, h.findings, h.run_id, p.hash AS pack_hash
FROM decision_history h
JOIN rule_set s ON s.rule_set = h.rule_set
JOIN subject_type t ON t.subject_type = h.subject_type
JOIN change_kind c ON c.change_kind = h.change_kind
JOIN run r ON r.run_id = h.run_id
JOIN policy_pack p ON p.pack_id = r.pack_id;

CREATE VIEW days_ledger_listing AS
SELECT r.business_date, r.job, l.agreement_id, l.voucher_id, l.days, l.reason, l.run_id
FROM days_ledger l
JOIN run r ON r.run_id = l.run_id;

-- Decisions are kept by customer, so they move when a subject comes to belong to another: the next run then
-- compares them with what it decides there. The history stays where it was written.
CREATE FUNCTION agreement_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE decision SET customer_id = new.customer_id
    WHERE customer_id = old.customer_id AND rule_set = 3 AND subject_type = 2
      AND subject_id = new.agreement_id;
    UPDATE decision SET customer_id = new.customer_id
    WHERE customer_id = old.customer_id AND subject_type = 1
      AND subject_id IN (SELECT voucher_id FROM voucher WHERE agreement_id = new.agreement_id);
    UPDATE decision SET customer_id = new.customer_id
    WHERE customer_id = old.customer_id AND subject_type = 3
      AND subject_id IN (SELECT q.request_id FROM voucher v JOIN payment_request q USING (voucher_id)
                         WHERE v.agreement_id = new.agreement_id);
    UPDATE decision SET customer_id = new.customer_id
    WHERE customer_id = old.customer_id AND subject_type = 4
      AND subject_id IN (SELECT p.payment_id FROM voucher v JOIN payment_request q USING (voucher_id)
                         JOIN payment p USING (request_id) WHERE v.agreement_id = new.agreement_id);
    RETURN NULL;
END
$$;

CREATE TRIGGER agreement_moves AFTER UPDATE OF customer_id ON agreement
FOR EACH ROW WHEN (old.customer_id <> new.customer_id) EXECUTE FUNCTION agreement_moves();

CREATE FUNCTION voucher_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE decision SET customer_id = (SELECT customer_id FROM agreement WHERE agreement_id = new.agreement_id)
    WHERE customer_id = (SELECT customer_id FROM agreement WHERE agreement_id = old.agreement_id)
      AND (subject_type = 1 AND subject_id = new.voucher_id
        OR subject_type = 3 AND subject_id IN
           (SELECT request_id FROM payment_request WHERE voucher_id = new.voucher_id)
        OR subject_type = 4 AND subject_id IN
           (SELECT p.payment_id FROM payment_request q JOIN payment p USING (request_id)
            WHERE q.voucher_id = new.voucher_id));
    RETURN NULL;
END
$$;

CREATE TRIGGER voucher_moves AFTER UPDATE OF agreement_id ON voucher
FOR EACH ROW WHEN (old.agreement_id <> new.agreement_id) EXECUTE FUNCTION voucher_moves();

CREATE FUNCTION payment_request_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE decision SET customer_id = (SELECT a.customer_id FROM voucher v JOIN agreement a USING (agreement_id)
                                       WHERE v.voucher_id = new.voucher_id)
    WHERE customer_id = (SELECT a.customer_id FROM voucher v JOIN agreement a USING (agreement_id)
                         WHERE v.voucher_id = old.voucher_id)
      AND (subject_type = 3 AND subject_id = new.request_id
        OR subject_type = 4 AND subject_id IN
           (SELECT payment_id FROM payment WHERE request_id = new.request_id));
    RETURN NULL;
END
$$;

CREATE TRIGGER payment_request_moves AFTER UPDATE OF voucher_id ON payment_request
FOR EACH ROW WHEN (old.voucher_id <> new.voucher_id) EXECUTE FUNCTION payment_request_moves();

CREATE FUNCTION payment_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE decision
    SET customer_id = coalesce((SELECT a.customer_id FROM payment_request q JOIN voucher v USING (voucher_id)
                                JOIN agreement a USING (agreement_id) WHERE q.request_id = new.request_id), '')
    WHERE customer_id = coalesce((SELECT a.customer_id FROM payment_request q JOIN voucher v USING (voucher_id)
                                  JOIN agreement a USING (agreement_id) WHERE q.request_id = old.request_id), '')
      AND rule_set = 6 AND subject_type = 4 AND subject_id = new.payment_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER payment_moves AFTER UPDATE OF request_id ON payment
FOR EACH ROW WHEN (old.request_id IS DISTINCT FROM new.request_id) EXECUTE FUNCTION payment_moves();
