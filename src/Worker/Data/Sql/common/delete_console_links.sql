-- Those that a new link replaces: of the user, or of the first administrator.
DELETE FROM console_link WHERE user_name = @userName OR user_name IS NULL AND @userName IS NULL
