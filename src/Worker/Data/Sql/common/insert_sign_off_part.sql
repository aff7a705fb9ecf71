INSERT INTO sign_off_part (sign_off_no, part, lines, hash, content)
VALUES (@signOffNo, @part, @lines, @hash, @content)
