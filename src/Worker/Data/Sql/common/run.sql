-- The run of that number.
SELECT r.run_id, r.job, r.business_date,
       CASE WHEN u.run_id IS NULL THEN r.status ELSE 'Undone' END AS status, p.hash AS pack_hash, r.knowledge_point, r.attempt, r.error, r.started_at, r.finished_at,
       r.is_ordinary, r.full_because, r.rules_hash, r.review_mark
FROM run r
JOIN policy_pack p ON p.pack_id = r.pack_id
LEFT JOIN run_undo u ON u.run_id = r.run_id
WHERE r.run_id = @runId
