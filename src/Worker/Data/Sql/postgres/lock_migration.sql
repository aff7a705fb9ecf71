-- Of several starters one migrates and the others wait, until the connection closes.
SELECT pg_advisory_lock(7503242)
