-- The newest first, those before an entry.
SELECT TOP (@count) entry_no, at, user_name, action, subject, result, address
FROM console_log
WHERE entry_no < @beforeEntry
ORDER BY entry_no DESC
