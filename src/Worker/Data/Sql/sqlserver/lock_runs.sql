-- Who begins, ends or gives up a run, imports facts or adds to the policy log does so alone, until the transaction ends.
EXEC sp_getapplock @Resource = 'planning.run', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = -1
