UPDATE console_user SET disabled_at = @now, security_stamp = @stamp WHERE user_name = @userName AND disabled_at IS NULL
