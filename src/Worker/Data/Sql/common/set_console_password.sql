-- Another stamp ends the sessions that the old password began.
UPDATE console_user SET password_hash = @passwordHash, security_stamp = @stamp, failures = 0, locked_until = NULL
WHERE user_name = @userName
