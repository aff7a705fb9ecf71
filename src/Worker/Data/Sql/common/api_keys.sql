SELECT key_name, roles, secret_hash, created_at, expires_at, revoked_at
FROM api_key
ORDER BY key_name
