-- The keys of the programs that ask the HTTP API, by the SHA-256 of their secret.
CREATE TABLE api_key (
    key_name nvarchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY CHECK (len(key_name) BETWEEN 1 AND 40),
    roles nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    secret_hash nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL UNIQUE CHECK (len(secret_hash) = 64),
    created_at datetime2(3) NOT NULL,
    expires_at datetime2(3) NOT NULL,
    revoked_at datetime2(3) NULL
);
