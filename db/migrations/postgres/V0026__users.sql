-- Who may sign in to the console, and what it needs for that.

-- A user without a password waits for the one-time link to be opened. Another stamp ends all sessions.
CREATE TABLE console_user (
    user_name ordinal_text NOT NULL PRIMARY KEY CHECK (length(user_name) BETWEEN 1 AND 40),
    -- Their names, separated by spaces.
    roles ordinal_text NOT NULL,
    password_hash ordinal_text,
    security_stamp ordinal_text NOT NULL,
    -- Wrong passwords since the last right one.
    failures integer NOT NULL CHECK (failures >= 0),
    locked_until timestamptz,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz
);

-- One-time links by the SHA-256 of their secret. One without a user makes the first administrator.
CREATE TABLE console_link (
    secret_hash ordinal_text NOT NULL PRIMARY KEY CHECK (length(secret_hash) = 64),
    user_name ordinal_text REFERENCES console_user,
    expires_at timestamptz NOT NULL
);

-- The keys that cookies and forms are protected with; all nodes use the same.
CREATE TABLE console_key (
    key_name ordinal_text NOT NULL PRIMARY KEY,
    xml ordinal_text NOT NULL
);
