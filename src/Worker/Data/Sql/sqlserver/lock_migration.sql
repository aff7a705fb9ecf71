-- Of several starters one migrates and the others wait, until the connection closes. A result below 0: waited in vain.
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = 'planning.migration', @LockMode = 'Exclusive', @LockOwner = 'Session',
    @LockTimeout = @patience;
SELECT @result AS result
