-- Completed runs, of one job or of all, the latest business date first.
SELECT r.run_id, r.job, r.business_date, r.status, p.hash AS pack_hash, r.knowledge_point, r.attempt, r.error, r.started_at, r.finished_at,
       r.is_ordinary, r.full_because, r.rules_hash, r.review_mark
FROM run r
JOIN policy_pack p ON p.pack_id = r.pack_id
WHERE r.status IN ('Completed', 'CompletedWithErrors') AND (@job IS NULL OR r.job = @job)
ORDER BY r.business_date DESC, r.run_id DESC
