-- What was imported when, and the rows that were not.

CREATE TABLE import_run (
    import_id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder TEXT NOT NULL,
    strict INTEGER NOT NULL CHECK (strict IN (0, 1)),
    status TEXT NOT NULL CHECK (status IN ('InProgress', 'Completed', 'CompletedWithRejects', 'Refused')),
    started_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;

CREATE TABLE import_file (
    import_id INTEGER NOT NULL REFERENCES import_run,
    file TEXT NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_inserted INTEGER NOT NULL,
    rows_updated INTEGER NOT NULL,
    rows_unchanged INTEGER NOT NULL,
    rows_superseded INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL,
    PRIMARY KEY (import_id, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_reject (
    import_id INTEGER NOT NULL REFERENCES import_run,
    reject_no INTEGER NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (import_id, reject_no)
) STRICT, WITHOUT ROWID;
