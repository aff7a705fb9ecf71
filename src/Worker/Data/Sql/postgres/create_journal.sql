CREATE TABLE IF NOT EXISTS schema_journal (
    script text COLLATE "C" NOT NULL PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL
)
