-- What was imported when, and the rows that were not.

CREATE TABLE import_run (
    import_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    folder ordinal_text NOT NULL,
    strict boolean NOT NULL,
    status ordinal_text NOT NULL CHECK (status IN ('InProgress', 'Completed', 'CompletedWithRejects', 'Refused')),
    started_at timestamptz NOT NULL,
    finished_at timestamptz
);

CREATE TABLE import_file (
    import_id bigint NOT NULL REFERENCES import_run,
    file ordinal_text NOT NULL,
    rows_read bigint NOT NULL,
    rows_inserted bigint NOT NULL,
    rows_updated bigint NOT NULL,
    rows_unchanged bigint NOT NULL,
    rows_superseded bigint NOT NULL,
    rows_rejected bigint NOT NULL,
    PRIMARY KEY (import_id, file)
);

CREATE TABLE import_reject (
    import_id bigint NOT NULL REFERENCES import_run,
    reject_no bigint NOT NULL,
    file ordinal_text NOT NULL,
    line bigint NOT NULL,
    column_name ordinal_text NOT NULL,
    value ordinal_text NOT NULL,
    reason ordinal_text NOT NULL,
    PRIMARY KEY (import_id, reject_no)
);
