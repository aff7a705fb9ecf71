-- The newest first, those before an entry, of one user or of all.
SELECT TOP (@count) entry_no, at, user_name, action, subject, result, address
FROM console_log
WHERE entry_no < @beforeEntry AND (@who IS NULL OR user_name = @who)
ORDER BY entry_no DESC
