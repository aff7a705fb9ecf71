INSERT INTO import_run (folder, strict, status, started_at, drop_folder)
OUTPUT inserted.import_id
VALUES (@folder, @strict, 'InProgress', @now, @dropFolder)
