INSERT INTO console_log (at, user_name, action, subject, result, address)
VALUES (@now, @userName, @action, @subject, @result, @address)
