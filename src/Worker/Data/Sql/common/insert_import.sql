INSERT INTO import_run (folder, strict, status, started_at, drop_folder)
VALUES (@folder, @strict, 'InProgress', @now, @dropFolder)
RETURNING import_id
