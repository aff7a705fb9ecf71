INSERT INTO run_partition (run_id, partition_no, phase, after_key, up_to_key, last_key, counters, totals, fence)
VALUES (@runId, @partitionNo, @phase, @afterKey, @upToKey, @afterKey, '{}', '{}', 0)
