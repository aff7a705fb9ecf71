INSERT INTO console_key (key_name, xml) VALUES (@name, @text)
