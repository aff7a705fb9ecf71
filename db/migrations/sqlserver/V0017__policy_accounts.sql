-- A name is what somebody typed; beside it stands the account of the operating system, as user@host. Absent before.
ALTER TABLE policy_log ADD by_account nvarchar(400) COLLATE Latin1_General_BIN2 NULL;
