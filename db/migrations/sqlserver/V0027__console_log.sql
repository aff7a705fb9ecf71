-- What people did in the console, for ever: who, what, with what result, when and from where.
CREATE TABLE console_log (
    entry_no bigint IDENTITY NOT NULL PRIMARY KEY,
    at datetime2(3) NOT NULL,
    user_name nvarchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    action nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
    subject nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    result nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    address nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL
);
GO

CREATE TRIGGER console_log_is_not_changed ON console_log AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50000, 'the log of the console is only added to', 1;
END
GO

CREATE TRIGGER console_log_is_not_shortened ON console_log AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM deleted)
        THROW 50000, 'the log of the console is only added to', 1;
END
