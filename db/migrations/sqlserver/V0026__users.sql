-- Who may sign in to the console, and what it needs for that.

-- A user without a password waits for the one-time link to be opened. Another stamp ends all sessions.
CREATE TABLE console_user (
    user_name varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY CHECK (len(user_name) BETWEEN 1 AND 40),
    -- Their names, separated by spaces.
    roles nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    password_hash nvarchar(400) COLLATE Latin1_General_BIN2 NULL,
    security_stamp nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
    -- Wrong passwords since the last right one.
    failures int NOT NULL CHECK (failures >= 0),
    locked_until datetime2(3) NULL,
    created_at datetime2(3) NOT NULL,
    disabled_at datetime2(3) NULL
);

-- One-time links by the SHA-256 of their secret. One without a user makes the first administrator.
CREATE TABLE console_link (
    secret_hash nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY CHECK (len(secret_hash) = 64),
    user_name varchar(40) COLLATE Latin1_General_BIN2 NULL REFERENCES console_user (user_name),
    expires_at datetime2(3) NOT NULL
);

-- The keys that cookies and forms are protected with; all nodes use the same.
CREATE TABLE console_key (
    key_name nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    xml nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL
);
