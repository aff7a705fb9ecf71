SELECT part, lines, hash, content
FROM sign_off_part
WHERE sign_off_no = @signOffNo
ORDER BY part
