-- What was done with policy packs and by whom, for ever. Each entry carries the hash of the one before, so that none
-- can be altered, added between or taken out without breaking the chain: planning policy log --verify follows it.
CREATE TABLE policy_log (
    entry_no bigint NOT NULL PRIMARY KEY CHECK (entry_no > 0),
    action nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL
        CONSTRAINT policy_log_action_is_known CHECK (action IN ('published', 'activated', 'approved', 'rolled back')),
    pack_hash nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES policy_pack (hash),
    -- Of a publication: the hash over all files of the pack, its scenarios included.
    text_hash nvarchar(64) COLLATE Latin1_General_BIN2 NULL CHECK (len(text_hash) = 64),
    -- Of an activation: the first business date it is for. Of a rollback: the first it is no longer for.
    from_date date NULL,
    -- Of an approval and a rollback: the entry of the activation.
    activation bigint NULL REFERENCES policy_log (entry_no),
    -- Of an activation: whether it holds only once somebody else approved it.
    needs_approval bit NOT NULL,
    by_name nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    at datetime2(3) NOT NULL,
    previous_hash nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL CHECK (len(previous_hash) = 64),
    entry_hash nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL UNIQUE CHECK (len(entry_hash) = 64),
    CHECK (action = 'published' AND text_hash IS NOT NULL OR action <> 'published' AND text_hash IS NULL),
    CHECK (
        action IN ('activated', 'rolled back') AND from_date IS NOT NULL
        OR action NOT IN ('activated', 'rolled back') AND from_date IS NULL
    ),
    CHECK (
        action IN ('approved', 'rolled back') AND activation IS NOT NULL
        OR action NOT IN ('approved', 'rolled back') AND activation IS NULL
    ),
    CHECK (action = 'activated' OR needs_approval = 0)
);
GO

CREATE TRIGGER policy_log_is_not_changed ON policy_log AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50000, 'the policy log is only added to', 1;
END
GO

CREATE TRIGGER policy_log_is_not_shortened ON policy_log AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM deleted)
        THROW 50000, 'the policy log is only added to', 1;
END
