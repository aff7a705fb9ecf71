-- As lock_runs, until it is unlocked or the connection closes.
EXEC sp_getapplock @Resource = 'planning.run', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = -1
