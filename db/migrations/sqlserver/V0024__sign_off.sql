-- Figures of a night that somebody signed, and what became of the sign-off, for ever.

-- What was prepared for approval, and from what it can be computed again.
CREATE TABLE sign_off (
    sign_off_no bigint NOT NULL PRIMARY KEY CHECK (sign_off_no > 0),
    business_date date NOT NULL,
    run_id bigint NOT NULL REFERENCES run,
    pack_hash nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES policy_pack (hash),
    knowledge_point bigint NOT NULL,
    -- The last action on exceptions that counts; 0 where there was none.
    last_action bigint NOT NULL,
    -- Of the canonical text, SHA-256.
    content_hash nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL CHECK (len(content_hash) = 64),
    by_name nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    by_account nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    at datetime2(3) NOT NULL
);

-- The parts of the canonical text. The listings can be computed again, so that of them only the hashes are kept.
CREATE TABLE sign_off_part (
    sign_off_no bigint NOT NULL REFERENCES sign_off,
    part nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL CHECK (part IN ('totals', 'requests', 'payments', 'exceptions')),
    lines bigint NOT NULL,
    hash nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL CHECK (len(hash) = 64),
    content nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    PRIMARY KEY (sign_off_no, part)
);

CREATE TABLE sign_off_step (
    sign_off_no bigint NOT NULL REFERENCES sign_off,
    step nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL CHECK (step IN ('Approved', 'Reopened')),
    reason nvarchar(1000) COLLATE Latin1_General_BIN2 NULL,
    by_name nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    by_account nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    at datetime2(3) NOT NULL,
    PRIMARY KEY (sign_off_no, step),
    CHECK (step <> 'Reopened' OR reason IS NOT NULL)
);
GO

CREATE TRIGGER sign_off_is_not_changed ON sign_off AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50000, 'sign-offs are only added to', 1;
END
GO

CREATE TRIGGER sign_off_is_not_shortened ON sign_off AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM deleted)
        THROW 50000, 'sign-offs are only added to', 1;
END
GO

CREATE TRIGGER sign_off_part_is_not_changed ON sign_off_part AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50000, 'sign-offs are only added to', 1;
END
GO

CREATE TRIGGER sign_off_part_is_not_shortened ON sign_off_part AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM deleted)
        THROW 50000, 'sign-offs are only added to', 1;
END
GO

CREATE TRIGGER sign_off_step_is_not_changed ON sign_off_step AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50000, 'sign-offs are only added to', 1;
END
GO

CREATE TRIGGER sign_off_step_is_not_shortened ON sign_off_step AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM deleted)
        THROW 50000, 'sign-offs are only added to', 1;
END
