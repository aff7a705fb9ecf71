-- The keys of the programs that ask the HTTP API, by the SHA-256 of their secret.
CREATE TABLE api_key (
    key_name TEXT NOT NULL PRIMARY KEY CHECK (length(key_name) BETWEEN 1 AND 40),
    roles TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE CHECK (length(secret_hash) = 64),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;
