-- CREATE TABLE IF NOT EXISTS asks for the right to create even where the table is there.
DO $$
BEGIN
    IF to_regclass('schema_journal') IS NULL THEN
        CREATE TABLE schema_journal (
            script text COLLATE "C" NOT NULL PRIMARY KEY,
            sha256 text NOT NULL,
            applied_at timestamptz NOT NULL
        );
    END IF;
END
$$
