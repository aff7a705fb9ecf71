SELECT f.path, f.text
FROM policy_pack_file f
JOIN policy_pack p ON p.pack_id = f.pack_id
WHERE p.hash = @hash
ORDER BY f.path
