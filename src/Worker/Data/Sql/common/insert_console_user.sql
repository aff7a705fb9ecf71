INSERT INTO console_user (user_name, roles, password_hash, security_stamp, failures, created_at, provider_id)
SELECT @userName, @roles, @passwordHash, @stamp, 0, @now, @providerId
WHERE NOT EXISTS (SELECT 1 FROM console_user WHERE user_name = @userName)
