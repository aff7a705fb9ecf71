-- The last import that was completed; 0 where none was.
SELECT coalesce(max(import_id), 0) AS import_id
FROM import_run
WHERE status IN ('Completed', 'CompletedWithRejects')
