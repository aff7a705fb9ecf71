-- A drop folder that 'serve' imports is imported once, whatever dies before it is moved away.

-- Name and fingerprint of the drop folder; absent where the import was started by hand. moved_at is absent until the folder is
-- known to be out of the way: a folder of that identity is then moved, and not imported again.
ALTER TABLE import_run ADD drop_folder nvarchar(400) COLLATE Latin1_General_BIN2 NULL;
ALTER TABLE import_run ADD moved_at datetime2(3) NULL;
