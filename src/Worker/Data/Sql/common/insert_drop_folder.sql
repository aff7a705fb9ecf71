INSERT INTO drop_folder (import_id, "identity") VALUES (@importId, @identity)
