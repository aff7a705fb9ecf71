SELECT user_name, roles, password_hash, security_stamp, failures, locked_until, created_at, disabled_at, provider_id
FROM console_user
WHERE user_name = @userName
