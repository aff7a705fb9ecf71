INSERT INTO console_link (secret_hash, user_name, expires_at) VALUES (@secretHash, @userName, @expiresAt)
