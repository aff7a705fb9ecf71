INSERT INTO import_file (import_id, "file", sha256, rows_read, rows_inserted, rows_updated, rows_unchanged,
                         rows_superseded, rows_rejected)
VALUES (@importId, @file, @sha256, @read, @inserted, @updated, @unchanged, @superseded, @rejected)
