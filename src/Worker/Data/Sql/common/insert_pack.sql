INSERT INTO policy_pack (hash, name, stored_at) VALUES (@hash, @name, @now)
