-- All runs, the newest first.
SELECT r.run_id, r.job, r.business_date, r.status, p.hash AS pack_hash, r.attempt, r.error, r.started_at, r.finished_at
FROM run r
JOIN policy_pack p ON p.pack_id = r.pack_id
ORDER BY r.run_id DESC
