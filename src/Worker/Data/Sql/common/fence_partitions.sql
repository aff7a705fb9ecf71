-- Whoever still works on an unfinished partition of the run can no longer commit. It waits for a commit under way.
UPDATE run_partition
SET fence = fence + 1, owner = NULL, lease_until = NULL
WHERE run_id = @runId AND finished_at IS NULL
