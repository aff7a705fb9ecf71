INSERT INTO import_reject (import_id, reject_no, "file", line, column_name, value, reason)
VALUES (@importId, @rejectNo, @file, @line, @columnName, @value, @reason)
