SELECT entry_no, action, pack_hash, text_hash, from_date, activation, needs_approval, by_name, by_account, at, previous_hash, entry_hash
FROM policy_log
ORDER BY entry_no
