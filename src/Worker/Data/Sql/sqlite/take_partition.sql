-- Takes a partition that is free, unless somebody else took it since it was looked at. The closing is free when all else
-- is finished.
UPDATE run_partition
SET fence = fence + 1, owner = @owner, lease_until = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+' || @leaseSeconds || ' seconds')
WHERE run_id = @runId AND partition_no = @partitionNo AND fence = @fence AND finished_at IS NULL
  AND (lease_until IS NULL OR lease_until <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
  AND EXISTS (SELECT 1 FROM run r WHERE r.run_id = @runId AND r.status = 'InProgress')
  AND (phase <> 'Closing'
    OR NOT EXISTS (SELECT 1 FROM run_partition o
                   WHERE o.run_id = @runId AND o.phase <> 'Closing' AND o.finished_at IS NULL))
