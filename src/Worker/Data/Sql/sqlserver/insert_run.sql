INSERT INTO run (job, business_date, status, pack_id, knowledge_point, attempt, started_at)
OUTPUT inserted.run_id
SELECT @job, @date, 'InProgress', pack_id, @knowledgePoint, 1, @now
FROM policy_pack
WHERE hash = @packHash
