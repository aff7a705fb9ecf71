SELECT CASE WHEN object_id('schema_journal') IS NULL THEN 0 ELSE 1 END AS has_journal
