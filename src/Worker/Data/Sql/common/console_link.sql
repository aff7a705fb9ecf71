SELECT secret_hash, user_name, expires_at
FROM console_link
WHERE secret_hash = @secretHash
