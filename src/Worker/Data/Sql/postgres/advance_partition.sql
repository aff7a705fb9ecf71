-- The checkpoint of a chunk: only by the one who holds the partition, and only from where the chunk began.
UPDATE run_partition
SET last_key = @lastKey, counters = @counters, totals = @totals, lease_until = clock_timestamp() + @leaseSeconds * interval '1 second'
WHERE run_id = @runId AND partition_no = @partitionNo AND fence = @fence AND last_key = @previousKey
  AND finished_at IS NULL
