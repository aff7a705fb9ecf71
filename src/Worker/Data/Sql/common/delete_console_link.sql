DELETE FROM console_link WHERE secret_hash = @secretHash
