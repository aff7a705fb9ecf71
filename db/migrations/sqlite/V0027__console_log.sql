-- What people did in the console, for ever: who, what, with what result, when and from where.
CREATE TABLE console_log (
    entry_no INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    user_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    result TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;

CREATE TRIGGER console_log_is_not_changed BEFORE UPDATE ON console_log
BEGIN
    SELECT raise(ABORT, 'the log of the console is only added to');
END;

CREATE TRIGGER console_log_is_not_shortened BEFORE DELETE ON console_log
BEGIN
    SELECT raise(ABORT, 'the log of the console is only added to');
END;
