-- What an import did with each of its files.
SELECT "file", sha256, rows_read AS "read", rows_inserted AS inserted, rows_updated AS updated,
       rows_unchanged AS unchanged, rows_superseded AS superseded, rows_rejected AS rejected
FROM import_file
WHERE import_id = @importId
ORDER BY "file"
