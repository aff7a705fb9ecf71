IF object_id('schema_journal') IS NULL
CREATE TABLE schema_journal (
    script varchar(100) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    sha256 varchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
    applied_at datetime2(3) NOT NULL
)
