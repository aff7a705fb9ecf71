-- Runs that are at work, or stopped and may go on, the oldest first.
SELECT r.run_id, r.job, r.business_date, r.status, p.hash AS pack_hash, r.knowledge_point, r.attempt, r.error, r.started_at, r.finished_at,
       r.is_ordinary, r.full_because, r.rules_hash, r.review_mark
FROM run r
JOIN policy_pack p ON p.pack_id = r.pack_id
WHERE r.status IN ('InProgress', 'Interrupted', 'Failed')
ORDER BY r.run_id
