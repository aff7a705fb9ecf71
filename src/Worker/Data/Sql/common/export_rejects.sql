-- The rows that the last import rejected, in the order of the files as they were read.
SELECT "file", line, column_name, value, reason
FROM import_reject
WHERE import_id = (SELECT max(import_id) FROM import_run)
ORDER BY reject_no
