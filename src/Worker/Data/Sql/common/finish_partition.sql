-- All of the partition is committed, by the one who holds it.
UPDATE run_partition
SET finished_at = @now, lease_until = NULL
WHERE run_id = @runId AND partition_no = @partitionNo AND fence = @fence AND finished_at IS NULL
