UPDATE console_user SET failures = @failures, locked_until = @lockedUntil WHERE user_name = @userName
