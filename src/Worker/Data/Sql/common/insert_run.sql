INSERT INTO run (job, business_date, status, pack_id, knowledge_point, attempt, started_at, is_ordinary, full_because, rules_hash)
SELECT @job, @date, 'InProgress', pack_id, @knowledgePoint, 1, @now, @isOrdinary, @fullBecause, @rulesHash
FROM policy_pack
WHERE hash = @packHash
RETURNING run_id
