-- The one who holds a partition lets it go.
UPDATE run_partition
SET owner = NULL, lease_until = NULL
WHERE run_id = @runId AND partition_no = @partitionNo AND fence = @fence AND finished_at IS NULL
