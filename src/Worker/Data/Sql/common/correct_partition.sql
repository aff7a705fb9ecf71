-- What a partition of a completed run counted, corrected by a customer that was decided again.
UPDATE run_partition SET counters = @counters, totals = @totals WHERE run_id = @runId AND partition_no = @partitionNo
