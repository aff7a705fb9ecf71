-- Locks a name until its owner, the transaction or the session, ends. A result below 0: not locked, after so many
-- milliseconds.
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @lock, @LockMode = 'Exclusive', @LockOwner = @lockOwner, @LockTimeout = @patience;
SELECT @result AS result
