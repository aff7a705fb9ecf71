-- What people did about exceptions, for ever. Which exceptions there are follows from the history of decisions alone.
CREATE TABLE exception_action (
    -- All actions in one order, without gaps.
    action_no bigint NOT NULL PRIMARY KEY CHECK (action_no > 0),
    subject_type tinyint NOT NULL CHECK (subject_type IN (3, 4)),
    subject_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    -- The run that began the exception as it was looked at, and the night that it was looked at in. A state holds for these only.
    since_run bigint NOT NULL,
    run_id bigint NOT NULL,
    action nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL CHECK (
        action IN ('Assigned', 'Commented', 'Open', 'InWork', 'Waiting', 'Accepted', 'Resolved')
    ),
    owner nvarchar(400) COLLATE Latin1_General_BIN2 NULL,
    comment nvarchar(1000) COLLATE Latin1_General_BIN2 NULL,
    by_name nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    by_account nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    at datetime2(3) NOT NULL,
    CHECK (action = 'Assigned' AND owner IS NOT NULL OR action <> 'Assigned' AND owner IS NULL),
    CHECK (action NOT IN ('Commented', 'Accepted') OR comment IS NOT NULL)
);
GO

CREATE TRIGGER exception_action_is_not_changed ON exception_action AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50000, 'actions on exceptions are only added to', 1;
END
GO

CREATE TRIGGER exception_action_is_not_shortened ON exception_action AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM deleted)
        THROW 50000, 'actions on exceptions are only added to', 1;
END
