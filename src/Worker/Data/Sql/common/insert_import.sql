INSERT INTO import_run (folder, strict, status, started_at)
VALUES (@folder, @strict, 'InProgress', @now)
RETURNING import_id
