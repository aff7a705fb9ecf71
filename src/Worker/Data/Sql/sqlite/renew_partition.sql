-- The one who holds a partition goes on holding it.
UPDATE run_partition
SET lease_until = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+' || @leaseSeconds || ' seconds')
WHERE run_id = @runId AND partition_no = @partitionNo AND fence = @fence AND finished_at IS NULL
