-- Figures of a night that somebody signed, and what became of the sign-off, for ever.

-- What was prepared for approval, and from what it can be computed again.
CREATE TABLE sign_off (
    sign_off_no bigint PRIMARY KEY CHECK (sign_off_no > 0),
    business_date date NOT NULL,
    run_id bigint NOT NULL REFERENCES run,
    pack_hash ordinal_text NOT NULL REFERENCES policy_pack (hash),
    knowledge_point bigint NOT NULL,
    -- The last action on exceptions that counts; 0 where there was none.
    last_action bigint NOT NULL,
    -- Of the canonical text, SHA-256.
    content_hash ordinal_text NOT NULL CHECK (length(content_hash) = 64),
    by_name ordinal_text NOT NULL,
    by_account ordinal_text NOT NULL,
    at timestamptz NOT NULL
);

-- The parts of the canonical text. The listings can be computed again, so that of them only the hashes are kept.
CREATE TABLE sign_off_part (
    sign_off_no bigint NOT NULL REFERENCES sign_off,
    part ordinal_text NOT NULL CHECK (part IN ('totals', 'requests', 'payments', 'exceptions')),
    lines bigint NOT NULL,
    hash ordinal_text NOT NULL CHECK (length(hash) = 64),
    content ordinal_text,
    PRIMARY KEY (sign_off_no, part)
);

CREATE TABLE sign_off_step (
    sign_off_no bigint NOT NULL REFERENCES sign_off,
    step ordinal_text NOT NULL CHECK (step IN ('Approved', 'Reopened')),
    reason ordinal_text,
    by_name ordinal_text NOT NULL,
    by_account ordinal_text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (sign_off_no, step),
    CHECK (step <> 'Reopened' OR reason IS NOT NULL)
);

CREATE FUNCTION sign_off_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'sign-offs are only added to';
END
$$;

CREATE TRIGGER sign_off_is_not_changed BEFORE UPDATE ON sign_off
FOR EACH ROW EXECUTE FUNCTION sign_off_is_only_added_to();

CREATE TRIGGER sign_off_is_not_shortened BEFORE DELETE ON sign_off
FOR EACH ROW EXECUTE FUNCTION sign_off_is_only_added_to();

CREATE TRIGGER sign_off_is_not_emptied BEFORE TRUNCATE ON sign_off
FOR EACH STATEMENT EXECUTE FUNCTION sign_off_is_only_added_to();

CREATE TRIGGER sign_off_part_is_not_changed BEFORE UPDATE ON sign_off_part
FOR EACH ROW EXECUTE FUNCTION sign_off_is_only_added_to();

CREATE TRIGGER sign_off_part_is_not_shortened BEFORE DELETE ON sign_off_part
FOR EACH ROW EXECUTE FUNCTION sign_off_is_only_added_to();

CREATE TRIGGER sign_off_part_is_not_emptied BEFORE TRUNCATE ON sign_off_part
FOR EACH STATEMENT EXECUTE FUNCTION sign_off_is_only_added_to();

CREATE TRIGGER sign_off_step_is_not_changed BEFORE UPDATE ON sign_off_step
FOR EACH ROW EXECUTE FUNCTION sign_off_is_only_added_to();

CREATE TRIGGER sign_off_step_is_not_shortened BEFORE DELETE ON sign_off_step
FOR EACH ROW EXECUTE FUNCTION sign_off_is_only_added_to();

CREATE TRIGGER sign_off_step_is_not_emptied BEFORE TRUNCATE ON sign_off_step
FOR EACH STATEMENT EXECUTE FUNCTION sign_off_is_only_added_to();
