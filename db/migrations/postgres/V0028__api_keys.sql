-- The keys of the programs that ask the HTTP API, by the SHA-256 of their secret.
CREATE TABLE api_key (
    key_name ordinal_text NOT NULL PRIMARY KEY CHECK (length(key_name) BETWEEN 1 AND 40),
    roles ordinal_text NOT NULL,
    secret_hash ordinal_text NOT NULL UNIQUE CHECK (length(secret_hash) = 64),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
