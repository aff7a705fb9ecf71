-- Ends the lock of the session.
SELECT pg_advisory_unlock(7503241)
