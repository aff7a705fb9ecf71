-- What people did about exceptions, for ever. Which exceptions there are follows from the history of decisions alone.
CREATE TABLE exception_action (
    -- All actions in one order, without gaps.
    action_no INTEGER PRIMARY KEY CHECK (action_no > 0),
    subject_type INTEGER NOT NULL CHECK (subject_type IN (3, 4)),
    subject_id TEXT NOT NULL,
    -- The run that began the exception as it was looked at, and the night that it was looked at in. A state holds for these only.
    since_run INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (
        action IN ('Assigned', 'Commented', 'Open', 'InWork', 'Waiting', 'Accepted', 'Resolved')
    ),
    owner TEXT,
    comment TEXT,
    by_name TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at TEXT NOT NULL,
    CHECK ((action = 'Assigned') = (owner IS NOT NULL)),
    CHECK (action NOT IN ('Commented', 'Accepted') OR comment IS NOT NULL)
) STRICT;

CREATE TRIGGER exception_action_is_not_changed BEFORE UPDATE ON exception_action
BEGIN
    SELECT raise(ABORT, 'actions on exceptions are only added to');
END;

CREATE TRIGGER exception_action_is_not_shortened BEFORE DELETE ON exception_action
BEGIN
    SELECT raise(ABORT, 'actions on exceptions are only added to');
END;
