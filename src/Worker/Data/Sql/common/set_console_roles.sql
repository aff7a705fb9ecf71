UPDATE console_user SET roles = @roles, security_stamp = @stamp WHERE user_name = @userName
