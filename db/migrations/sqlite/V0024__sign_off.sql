-- Figures of a night that somebody signed, and what became of the sign-off, for ever.

-- What was prepared for approval, and from what it can be computed again.
CREATE TABLE sign_off (
    sign_off_no INTEGER PRIMARY KEY CHECK (sign_off_no > 0),
    business_date TEXT NOT NULL CHECK (length(business_date) = 10),
    run_id INTEGER NOT NULL REFERENCES run,
    pack_hash TEXT NOT NULL REFERENCES policy_pack (hash),
    knowledge_point INTEGER NOT NULL,
    -- The last action on exceptions that counts; 0 where there was none.
    last_action INTEGER NOT NULL,
    -- Of the canonical text, SHA-256.
    content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
    by_name TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- The parts of the canonical text. The listings can be computed again, so that of them only the hashes are kept.
CREATE TABLE sign_off_part (
    sign_off_no INTEGER NOT NULL REFERENCES sign_off,
    part TEXT NOT NULL CHECK (part IN ('totals', 'requests', 'payments', 'exceptions')),
    lines INTEGER NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    content TEXT,
    PRIMARY KEY (sign_off_no, part)
) STRICT;

CREATE TABLE sign_off_step (
    sign_off_no INTEGER NOT NULL REFERENCES sign_off,
    step TEXT NOT NULL CHECK (step IN ('Approved', 'Reopened')),
    reason TEXT,
    by_name TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (sign_off_no, step),
    CHECK (step <> 'Reopened' OR reason IS NOT NULL)
) STRICT;

CREATE TRIGGER sign_off_is_not_changed BEFORE UPDATE ON sign_off
BEGIN
    SELECT raise(ABORT, 'sign-offs are only added to');
END;

CREATE TRIGGER sign_off_is_not_shortened BEFORE DELETE ON sign_off
BEGIN
    SELECT raise(ABORT, 'sign-offs are only added to');
END;

CREATE TRIGGER sign_off_part_is_not_changed BEFORE UPDATE ON sign_off_part
BEGIN
    SELECT raise(ABORT, 'sign-offs are only added to');
END;

CREATE TRIGGER sign_off_part_is_not_shortened BEFORE DELETE ON sign_off_part
BEGIN
    SELECT raise(ABORT, 'sign-offs are only added to');
END;

CREATE TRIGGER sign_off_step_is_not_changed BEFORE UPDATE ON sign_off_step
BEGIN
    SELECT raise(ABORT, 'sign-offs are only added to');
END;

CREATE TRIGGER sign_off_step_is_not_shortened BEFORE DELETE ON sign_off_step
BEGIN
    SELECT raise(ABORT, 'sign-offs are only added to');
END;
