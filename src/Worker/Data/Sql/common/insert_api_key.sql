INSERT INTO api_key (key_name, roles, secret_hash, created_at, expires_at)
SELECT @name, @roles, @secretHash, @now, @expiresAt
WHERE NOT EXISTS (SELECT 1 FROM api_key WHERE key_name = @name)
