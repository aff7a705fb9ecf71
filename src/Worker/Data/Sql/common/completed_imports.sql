-- Imports that were completed by an instant, the latest first.
SELECT import_id, folder, finished_at
FROM import_run
WHERE status IN ('Completed', 'CompletedWithRejects') AND finished_at <= @at
ORDER BY finished_at DESC, import_id DESC
