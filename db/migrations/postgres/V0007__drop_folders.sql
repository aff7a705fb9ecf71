-- A drop folder that 'serve' imports is imported once, whatever dies before it is moved away.

-- identity is its name and a fingerprint of its files. moved_at is absent until the folder is known to be out of the way: a
-- folder of that identity, whose import is completed, is then moved and not imported again.
CREATE TABLE drop_folder (
    import_id bigint NOT NULL PRIMARY KEY REFERENCES import_run,
    identity ordinal_text NOT NULL,
    moved_at timestamptz
);
