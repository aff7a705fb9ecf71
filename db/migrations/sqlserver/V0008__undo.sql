-- What a run writes over is kept for a while, so that the latest completed run can be taken back.

-- The runs of which all that they wrote over is kept.
CREATE TABLE undo_point (
    run_id bigint NOT NULL PRIMARY KEY REFERENCES run
);

-- Decisions that a run changed, refreshed or ended, as they were before; decided_by is the run that had decided them. A
-- decision that it made for the first time has no row here.
CREATE TABLE decision_before (
    run_id bigint NOT NULL,
    rule_set smallint NOT NULL,
    subject_type smallint NOT NULL,
    subject_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    outcome nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    decided_by bigint NOT NULL,
    PRIMARY KEY (run_id, rule_set, subject_type, subject_id, customer_id)
);

-- The status of vouchers to which a run gave another.
CREATE TABLE voucher_status_before (
    run_id bigint NOT NULL,
    voucher_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    status nvarchar(30) COLLATE Latin1_General_BIN2 NULL,
    PRIMARY KEY (run_id, voucher_id)
);

-- Runs that were taken back, for ever. What a run added to history and ledger stays there, and undo_run_id added the
-- contrary; neither counts for what is exported. The status of both is Abandoned: the date can be run afresh.
CREATE TABLE run_undo (
    run_id bigint NOT NULL PRIMARY KEY REFERENCES run,
    undo_run_id bigint NOT NULL UNIQUE REFERENCES run,
    by_name nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    reason nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    at datetime2(3) NOT NULL
);
