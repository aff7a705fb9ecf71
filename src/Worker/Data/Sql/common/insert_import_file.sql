INSERT INTO import_file (import_id, "file", rows_read, rows_inserted, rows_updated, rows_unchanged, rows_superseded,
                         rows_rejected)
VALUES (@importId, @file, @read, @inserted, @updated, @unchanged, @superseded, @rejected)
