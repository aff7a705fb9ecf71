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
    subject_id ordinal_text NOT NULL,
    customer_id ordinal_text NOT NULL,
    outcome ordinal_text NOT NULL,
    codes ordinal_text NOT NULL,
    details ordinal_text NOT NULL,
    findings ordinal_text,
    decided_by bigint NOT NULL,
    PRIMARY KEY (run_id, rule_set, subject_type, subject_id, customer_id)
);

-- The status of vouchers to which a run gave another.
CREATE TABLE voucher_status_before (
    run_id bigint NOT NULL,
    voucher_id identifier NOT NULL,
    status ordinal_text,
    PRIMARY KEY (run_id, voucher_id)
);

-- Runs that were taken back, for ever. What a run added to history and ledger stays there, and undo_run_id added the
-- contrary; neither counts for what is exported. The status of both is Abandoned: the date can be run afresh.
CREATE TABLE run_undo (
    run_id bigint NOT NULL PRIMARY KEY REFERENCES run,
    undo_run_id bigint NOT NULL UNIQUE REFERENCES run,
    by_name ordinal_text NOT NULL,
    reason ordinal_text NOT NULL,
    at timestamptz NOT NULL
);
