INSERT INTO import_run (folder, strict, status, started_at)
OUTPUT inserted.import_id
VALUES (@folder, @strict, 'InProgress', @now)
