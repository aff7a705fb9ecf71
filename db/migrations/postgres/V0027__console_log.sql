-- What people did in the console, for ever: who, what, with what result, when and from where.
CREATE TABLE console_log (
    entry_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    user_name ordinal_text NOT NULL,
    action ordinal_text NOT NULL,
    subject ordinal_text NOT NULL,
    result ordinal_text NOT NULL,
    address ordinal_text NOT NULL
);

CREATE FUNCTION console_log_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of the console is only added to';
END
$$;

CREATE TRIGGER console_log_is_not_changed BEFORE UPDATE ON console_log
FOR EACH ROW EXECUTE FUNCTION console_log_is_only_added_to();

CREATE TRIGGER console_log_is_not_shortened BEFORE DELETE ON console_log
FOR EACH ROW EXECUTE FUNCTION console_log_is_only_added_to();

CREATE TRIGGER console_log_is_not_emptied BEFORE TRUNCATE ON console_log
FOR EACH STATEMENT EXECUTE FUNCTION console_log_is_only_added_to();
