-- Partners are decided on beside customers: a rule set, a kind of subject and a phase of runs more.

INSERT INTO rule_set (rule_set, name) VALUES (7, 'qualification');
INSERT INTO subject_type (subject_type, name) VALUES (5, 'partner_engagement');

ALTER TABLE run_partition DROP CONSTRAINT run_partition_phase_is_known;
ALTER TABLE run_partition ADD CONSTRAINT run_partition_phase_is_known
    CHECK (phase IN ('Customers', 'InvoicePayments', 'Partners', 'Closing'));

-- The subject of a decision may be a partner with an engagement, PARTNER/ENGAGEMENT; customer_id is the partner then. A
-- column of a key without a name cannot be made longer, so each of these tables is made anew, with a name for its key.
CREATE TABLE moved_decision (
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    rule_set smallint NOT NULL,
    subject_type smallint NOT NULL,
    subject_id varchar(81) COLLATE Latin1_General_BIN2 NOT NULL,
    outcome nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    run_id bigint NOT NULL
);
INSERT INTO moved_decision
    (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id)
SELECT customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id
FROM decision;
DROP TABLE decision;
GO

CREATE TABLE decision (
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    rule_set smallint NOT NULL
        CONSTRAINT decision_rule_set_is_known CHECK (rule_set BETWEEN 1 AND 7),
    subject_type smallint NOT NULL
        CONSTRAINT decision_subject_type_is_known CHECK (subject_type BETWEEN 1 AND 5),
    subject_id varchar(81) COLLATE Latin1_General_BIN2 NOT NULL,
    outcome nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    run_id bigint NOT NULL,
    CONSTRAINT decision_key PRIMARY KEY (customer_id, rule_set, subject_type, subject_id)
);
INSERT INTO decision
    (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id)
SELECT customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id
FROM moved_decision;
DROP TABLE moved_decision;
GO

CREATE TABLE moved_decision_history (
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    rule_set smallint NOT NULL,
    subject_type smallint NOT NULL,
    subject_id varchar(81) COLLATE Latin1_General_BIN2 NOT NULL,
    run_id bigint NOT NULL,
    change_kind smallint NOT NULL,
    outcome nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL
);
INSERT INTO moved_decision_history
    (customer_id, rule_set, subject_type, subject_id, run_id, change_kind, outcome, codes, details, findings)
SELECT customer_id, rule_set, subject_type, subject_id, run_id, change_kind, outcome, codes, details, findings
FROM decision_history;
DROP TABLE decision_history;
GO

CREATE TABLE decision_history (
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    rule_set smallint NOT NULL
        CONSTRAINT decision_history_rule_set_is_known CHECK (rule_set BETWEEN 1 AND 7),
    subject_type smallint NOT NULL
        CONSTRAINT decision_history_subject_type_is_known CHECK (subject_type BETWEEN 1 AND 5),
    subject_id varchar(81) COLLATE Latin1_General_BIN2 NOT NULL,
    run_id bigint NOT NULL,
    change_kind smallint NOT NULL
        CONSTRAINT decision_history_change_kind_is_known CHECK (change_kind BETWEEN 1 AND 3),
    outcome nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    CONSTRAINT decision_history_key PRIMARY KEY (customer_id, rule_set, subject_type, subject_id, run_id)
);
INSERT INTO decision_history
    (customer_id, rule_set, subject_type, subject_id, run_id, change_kind, outcome, codes, details, findings)
SELECT customer_id, rule_set, subject_type, subject_id, run_id, change_kind, outcome, codes, details, findings
FROM moved_decision_history;
DROP TABLE moved_decision_history;
GO

CREATE TABLE moved_decision_before (
    run_id bigint NOT NULL,
    rule_set smallint NOT NULL,
    subject_type smallint NOT NULL,
    subject_id varchar(81) COLLATE Latin1_General_BIN2 NOT NULL,
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    outcome nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    decided_by bigint NOT NULL
);
INSERT INTO moved_decision_before
    (run_id, rule_set, subject_type, subject_id, customer_id, outcome, codes, details, findings, decided_by)
SELECT run_id, rule_set, subject_type, subject_id, customer_id, outcome, codes, details, findings, decided_by
FROM decision_before;
DROP TABLE decision_before;
GO

CREATE TABLE decision_before (
    run_id bigint NOT NULL,
    rule_set smallint NOT NULL,
    subject_type smallint NOT NULL,
    subject_id varchar(81) COLLATE Latin1_General_BIN2 NOT NULL,
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    outcome nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    decided_by bigint NOT NULL,
    CONSTRAINT decision_before_key PRIMARY KEY (run_id, rule_set, subject_type, subject_id, customer_id)
);
INSERT INTO decision_before
    (run_id, rule_set, subject_type, subject_id, customer_id, outcome, codes, details, findings, decided_by)
SELECT run_id, rule_set, subject_type, subject_id, customer_id, outcome, codes, details, findings, decided_by
FROM moved_decision_before;
DROP TABLE moved_decision_before;
GO

-- A customer, or in phase Partners a partner, whose facts could not be decided; the rest of the run went on without it.
CREATE TABLE moved_quarantine (
    run_id bigint NOT NULL,
    phase nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL,
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    error nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    fact nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    rule_code nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    parameter nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    set_aside nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    retried_at datetime2(3) NULL
);
INSERT INTO moved_quarantine
    (run_id, phase, customer_id, error, fact, rule_code, parameter, set_aside, retried_at)
SELECT run_id, 'Customers', customer_id, error, fact, rule_code, parameter, set_aside, retried_at
FROM quarantine;
DROP TABLE quarantine;
GO

CREATE TABLE quarantine (
    run_id bigint NOT NULL REFERENCES run,
    phase nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL
        CONSTRAINT quarantine_phase_is_known CHECK (phase IN ('Customers', 'Partners')),
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    error nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    fact nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    rule_code nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    parameter nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    set_aside nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    retried_at datetime2(3) NULL,
    CONSTRAINT quarantine_key PRIMARY KEY (run_id, phase, customer_id)
);
INSERT INTO quarantine
    (run_id, phase, customer_id, error, fact, rule_code, parameter, set_aside, retried_at)
SELECT run_id, phase, customer_id, error, fact, rule_code, parameter, set_aside, retried_at
FROM moved_quarantine;
DROP TABLE moved_quarantine;
GO

CREATE INDEX quarantine_customer ON quarantine (customer_id);
