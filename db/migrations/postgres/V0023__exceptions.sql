-- What people did about exceptions, for ever. Which exceptions there are follows from the history of decisions alone.
CREATE TABLE exception_action (
    -- All actions in one order, without gaps.
    action_no bigint PRIMARY KEY CHECK (action_no > 0),
    subject_type smallint NOT NULL CHECK (subject_type IN (3, 4)),
    subject_id identifier NOT NULL,
    -- The run that began the exception as it was looked at, and the night that it was looked at in. A state holds for these only.
    since_run bigint NOT NULL,
    run_id bigint NOT NULL,
    action ordinal_text NOT NULL CHECK (
        action IN ('Assigned', 'Commented', 'Open', 'InWork', 'Waiting', 'Accepted', 'Resolved')
    ),
    owner ordinal_text,
    comment ordinal_text,
    by_name ordinal_text NOT NULL,
    by_account ordinal_text NOT NULL,
    at timestamptz NOT NULL,
    CHECK ((action = 'Assigned') = (owner IS NOT NULL)),
    CHECK (action NOT IN ('Commented', 'Accepted') OR comment IS NOT NULL)
);

CREATE FUNCTION exception_action_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'actions on exceptions are only added to';
END
$$;

CREATE TRIGGER exception_action_is_not_changed BEFORE UPDATE ON exception_action
FOR EACH ROW EXECUTE FUNCTION exception_action_is_only_added_to();

CREATE TRIGGER exception_action_is_not_shortened BEFORE DELETE ON exception_action
FOR EACH ROW EXECUTE FUNCTION exception_action_is_only_added_to();

CREATE TRIGGER exception_action_is_not_emptied BEFORE TRUNCATE ON exception_action
FOR EACH STATEMENT EXECUTE FUNCTION exception_action_is_only_added_to();
