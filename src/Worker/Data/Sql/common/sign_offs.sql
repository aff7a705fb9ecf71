-- All sign-offs with what became of them, the first first.
SELECT s.sign_off_no, s.business_date, s.run_id, s.pack_hash, s.knowledge_point, s.last_action, s.content_hash,
       s.by_name, s.by_account, s.at,
       a.by_name AS approved_by, a.by_account AS approved_account, a.at AS approved_at,
       r.by_name AS reopened_by, r.by_account AS reopened_account, r.at AS reopened_at, r.reason AS reopened_because
FROM sign_off s
LEFT JOIN sign_off_step a ON a.sign_off_no = s.sign_off_no AND a.step = 'Approved'
LEFT JOIN sign_off_step r ON r.sign_off_no = s.sign_off_no AND r.step = 'Reopened'
ORDER BY s.sign_off_no
