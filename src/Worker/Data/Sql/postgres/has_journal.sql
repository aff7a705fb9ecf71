SELECT to_regclass('schema_journal') IS NOT NULL
