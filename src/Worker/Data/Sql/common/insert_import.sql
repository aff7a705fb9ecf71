INSERT INTO import_run (folder, strict, by_name, owner, status, started_at)
VALUES (@folder, @strict, @by, @owner, 'InProgress', @now)
RETURNING import_id
