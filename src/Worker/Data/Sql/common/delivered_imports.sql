-- Imports of files that were completed by an instant, the latest first; without allocations that were made here.
SELECT i.import_id, i.folder, i.finished_at
FROM import_run i
WHERE i.status IN ('Completed', 'CompletedWithRejects') AND i.finished_at <= @at
  AND NOT EXISTS (SELECT 1 FROM allocation_entry e WHERE e.import_id = i.import_id)
ORDER BY i.finished_at DESC, i.import_id DESC
