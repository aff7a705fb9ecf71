-- As lock_runs, until it is unlocked or the connection closes.
SELECT pg_advisory_lock(7503241)
