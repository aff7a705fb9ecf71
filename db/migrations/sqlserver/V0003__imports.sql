-- What was imported when, and the rows that were not.

CREATE TABLE import_run (
    import_id bigint IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    folder nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    strict bit NOT NULL,
    status nvarchar(30) COLLATE Latin1_General_BIN2 NOT NULL
        CONSTRAINT import_run_status_is_known CHECK (status IN ('InProgress', 'Completed', 'CompletedWithRejects', 'Refused')),
    started_at datetime2(3) NOT NULL,
    finished_at datetime2(3) NULL
);

CREATE TABLE import_file (
    import_id bigint NOT NULL REFERENCES import_run,
    "file" nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    rows_read bigint NOT NULL,
    rows_inserted bigint NOT NULL,
    rows_updated bigint NOT NULL,
    rows_unchanged bigint NOT NULL,
    rows_superseded bigint NOT NULL,
    rows_rejected bigint NOT NULL,
    PRIMARY KEY (import_id, "file")
);

CREATE TABLE import_reject (
    import_id bigint NOT NULL REFERENCES import_run,
    reject_no bigint NOT NULL,
    "file" nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    line bigint NOT NULL,
    column_name nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    value nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    reason nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    PRIMARY KEY (import_id, reject_no)
);
