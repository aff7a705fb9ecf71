-- The import of a drop folder that was committed, whose folder is not known to be moved yet.
SELECT import_id
FROM import_run
WHERE drop_folder = @dropFolder AND moved_at IS NULL AND status IN ('Completed', 'CompletedWithRejects')
ORDER BY import_id
