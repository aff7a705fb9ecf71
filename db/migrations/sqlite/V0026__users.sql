-- Who may sign in to the console, and what it needs for that.

-- A user without a password waits for the one-time link to be opened. Another stamp ends all sessions.
CREATE TABLE console_user (
    user_name TEXT NOT NULL PRIMARY KEY CHECK (length(user_name) BETWEEN 1 AND 40),
    -- Their names, separated by spaces.
    roles TEXT NOT NULL,
    password_hash TEXT,
    security_stamp TEXT NOT NULL,
    -- Wrong passwords since the last right one.
    failures INTEGER NOT NULL CHECK (failures >= 0),
    locked_until TEXT,
    created_at TEXT NOT NULL,
    disabled_at TEXT
) STRICT;

-- One-time links by the SHA-256 of their secret. One without a user makes the first administrator.
CREATE TABLE console_link (
    secret_hash TEXT NOT NULL PRIMARY KEY CHECK (length(secret_hash) = 64),
    user_name TEXT REFERENCES console_user,
    expires_at TEXT NOT NULL
) STRICT;

-- The keys that cookies and forms are protected with; all nodes use the same.
CREATE TABLE console_key (
    key_name TEXT NOT NULL PRIMARY KEY,
    xml TEXT NOT NULL
) STRICT;
