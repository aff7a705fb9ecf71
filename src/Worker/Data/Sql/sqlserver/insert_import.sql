INSERT INTO import_run (folder, strict, by_name, owner, status, started_at)
OUTPUT inserted.import_id
VALUES (@folder, @strict, @by, @owner, 'InProgress', @now)
