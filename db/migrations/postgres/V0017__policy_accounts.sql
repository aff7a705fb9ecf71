-- A name is what somebody typed; beside it stands the account of the operating system, as user@host. Absent before.
ALTER TABLE policy_log ADD COLUMN by_account ordinal_text;
