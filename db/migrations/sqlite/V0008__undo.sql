-- What a run writes over is kept for a while, so that the latest completed run can be taken back.

-- The runs of which all that they wrote over is kept.
CREATE TABLE undo_point (
    run_id INTEGER NOT NULL PRIMARY KEY REFERENCES run
) STRICT;

-- Decisions that a run changed, refreshed or ended, as they were before; decided_by is the run that had decided them. A
-- decision that it made for the first time has no row here.
CREATE TABLE decision_before (
    run_id INTEGER NOT NULL,
    rule_set INTEGER NOT NULL,
    subject_type INTEGER NOT NULL,
    subject_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    codes TEXT NOT NULL,
    details TEXT NOT NULL,
    findings TEXT,
    decided_by INTEGER NOT NULL,
    PRIMARY KEY (run_id, rule_set, subject_type, subject_id, customer_id)
) STRICT, WITHOUT ROWID;

-- The status of vouchers to which a run gave another.
CREATE TABLE voucher_status_before (
    run_id INTEGER NOT NULL,
    voucher_id TEXT NOT NULL,
    status TEXT,
    PRIMARY KEY (run_id, voucher_id)
) STRICT, WITHOUT ROWID;

-- Runs that were taken back, for ever. What a run added to history and ledger stays there, and undo_run_id added the
-- contrary; neither counts for what is exported. The status of both is Abandoned: the date can be run afresh.
CREATE TABLE run_undo (
    run_id INTEGER NOT NULL PRIMARY KEY REFERENCES run,
    undo_run_id INTEGER NOT NULL UNIQUE REFERENCES run,
    by_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
