UPDATE api_key SET revoked_at = @now WHERE key_name = @name AND revoked_at IS NULL
