-- A drop folder that 'serve' imports is imported once, whatever dies before it is moved away.

-- Name and fingerprint of the drop folder; absent where the import was started by hand. moved_at is absent until the folder is
-- known to be out of the way: a folder of that identity is then moved, and not imported again.
ALTER TABLE import_run ADD COLUMN drop_folder TEXT;
ALTER TABLE import_run ADD COLUMN moved_at TEXT;
