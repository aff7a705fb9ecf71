-- The partitions of a run; held is 1 where somebody holds one by a lease that has not run out.
SELECT run_id, partition_no, phase, after_key, up_to_key, last_key, counters, totals, fence, owner, lease_until, finished_at,
       CASE WHEN finished_at IS NULL AND lease_until > clock_timestamp() THEN 1 ELSE 0 END AS held
FROM run_partition
WHERE run_id = @runId
ORDER BY partition_no
