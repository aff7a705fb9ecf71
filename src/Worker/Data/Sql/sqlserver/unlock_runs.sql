-- Ends the lock of the session.
EXEC sp_releaseapplock @Resource = 'planning.run', @LockOwner = 'Session'
