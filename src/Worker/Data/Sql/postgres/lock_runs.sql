-- Who begins, ends or gives up a run, imports facts or adds to the policy log does so alone, until the transaction ends.
SELECT pg_advisory_xact_lock(7503241)
