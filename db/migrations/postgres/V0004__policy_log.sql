-- What was done with policy packs and by whom, for ever. Each entry carries the hash of the one before, so that none
-- can be altered, added between or taken out without breaking the chain: planning policy log --verify follows it.
CREATE TABLE policy_log (
    entry_no bigint PRIMARY KEY CHECK (entry_no > 0),
    action ordinal_text NOT NULL CHECK (action IN ('published', 'activated', 'approved', 'rolled back')),
    pack_hash ordinal_text NOT NULL REFERENCES policy_pack (hash),
    -- Of a publication: the hash over all files of the pack, its scenarios included.
    text_hash ordinal_text CHECK (length(text_hash) = 64),
    -- Of an activation: the first business date it is for. Of a rollback: the first it is no longer for.
    from_date date,
    -- Of an approval and a rollback: the entry of the activation.
    activation bigint REFERENCES policy_log (entry_no),
    -- Of an activation: whether it holds only once somebody else approved it.
    needs_approval boolean NOT NULL,
    by_name ordinal_text NOT NULL,
    at timestamptz NOT NULL,
    previous_hash ordinal_text NOT NULL CHECK (length(previous_hash) = 64),
    entry_hash ordinal_text NOT NULL UNIQUE CHECK (length(entry_hash) = 64),
    CHECK ((action = 'published') = (text_hash IS NOT NULL)),
    CHECK ((action IN ('activated', 'rolled back')) = (from_date IS NOT NULL)),
    CHECK ((action IN ('approved', 'rolled back')) = (activation IS NOT NULL)),
    CHECK (action = 'activated' OR NOT needs_approval)
);

CREATE FUNCTION policy_log_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the policy log is only added to';
END
$$;

CREATE TRIGGER policy_log_is_not_changed BEFORE UPDATE ON policy_log
FOR EACH ROW EXECUTE FUNCTION policy_log_is_only_added_to();

CREATE TRIGGER policy_log_is_not_shortened BEFORE DELETE ON policy_log
FOR EACH ROW EXECUTE FUNCTION policy_log_is_only_added_to();

CREATE TRIGGER policy_log_is_not_emptied BEFORE TRUNCATE ON policy_log
FOR EACH STATEMENT EXECUTE FUNCTION policy_log_is_only_added_to();
