INSERT INTO policy_pack_file (pack_id, path, text) VALUES (@packId, @path, @text)
