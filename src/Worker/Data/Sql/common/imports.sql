-- All imports, the newest first, with the rows that they read and changed.
SELECT i.import_id, i.folder, i.strict, i.by_name, i.owner, i.status, i.error, i.started_at, i.finished_at,
       coalesce(sum(f.rows_inserted), 0) AS inserted, coalesce(sum(f.rows_updated), 0) AS updated,
       coalesce(sum(f.rows_rejected), 0) AS rejected
FROM import_run i
LEFT JOIN import_file f ON f.import_id = i.import_id
GROUP BY i.import_id, i.folder, i.strict, i.by_name, i.owner, i.status, i.error, i.started_at, i.finished_at
ORDER BY i.import_id DESC
