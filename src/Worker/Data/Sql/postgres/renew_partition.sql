-- The one who holds a partition goes on holding it.
UPDATE run_partition
SET lease_until = clock_timestamp() + @leaseSeconds * interval '1 second'
WHERE run_id = @runId AND partition_no = @partitionNo AND fence = @fence AND finished_at IS NULL
