-- The import of a drop folder that was committed, whose folder is not known to be moved yet.
SELECT f.import_id
FROM drop_folder f
JOIN import_run i ON i.import_id = f.import_id
WHERE f."identity" = @identity AND f.moved_at IS NULL AND i.status IN ('Completed', 'CompletedWithRejects')
ORDER BY f.import_id
