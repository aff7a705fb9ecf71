INSERT INTO run (job, business_date, status, pack_id, attempt, started_at)
OUTPUT inserted.run_id
SELECT @job, @date, 'InProgress', pack_id, 1, @now
FROM policy_pack
WHERE hash = @packHash
