-- Ends all sessions of a user.
UPDATE console_user SET security_stamp = @stamp WHERE user_name = @userName
