SELECT xml FROM console_key ORDER BY key_name
