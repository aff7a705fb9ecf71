-- Who may do what: planning_migrate makes and upgrades the tables, planning_run does the nightly work on them and can
-- neither change their shape nor rewrite history.
--
-- As the owner of the database, in it, before the first migration and again after each:
--
--   sqlcmd -I -b -S SERVER -d planning -i db/roles/sqlserver.sql
--
-- It may run any number of times. Both are roles of the database: make a user for each and add it with
-- ALTER ROLE planning_run ADD MEMBER that_user. 'planning migrate' then connects as a member of planning_migrate,
-- everything else as a member of planning_run. Temporary tables, which bulk writes go through, need no permission.

IF DATABASE_PRINCIPAL_ID('planning_migrate') IS NULL
    CREATE ROLE planning_migrate;
GO

IF DATABASE_PRINCIPAL_ID('planning_run') IS NULL
    CREATE ROLE planning_run;
GO

GRANT CREATE TABLE TO planning_migrate;
GRANT CREATE VIEW TO planning_migrate;
GRANT ALTER, REFERENCES, SELECT, INSERT, UPDATE, DELETE ON SCHEMA::dbo TO planning_migrate;
GO

-- Before the first migration there is nothing more to grant.
IF OBJECT_ID('dbo.schema_journal') IS NOT NULL
BEGIN
    GRANT SELECT ON schema_journal TO planning_run;
    GRANT SELECT ON rule_set TO planning_run;
    GRANT SELECT ON subject_type TO planning_run;
    GRANT SELECT ON change_kind TO planning_run;
    GRANT SELECT ON decision_listing TO planning_run;
    GRANT SELECT ON decision_history_listing TO planning_run;
    GRANT SELECT ON days_ledger_listing TO planning_run;

    -- Facts are never deleted.
    GRANT SELECT, INSERT, UPDATE ON agreement TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON entitlement_grant TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON partner TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON partner_location TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON partner_competency TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON enrollment TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON consultant TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON consultant_exam TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON voucher TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON payment_request TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON payment TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON payment_allocation TO planning_run;
    -- Versions that were replaced are only added to.
    GRANT SELECT, INSERT ON agreement_version TO planning_run;
    GRANT SELECT, INSERT ON entitlement_grant_version TO planning_run;
    GRANT SELECT, INSERT ON partner_version TO planning_run;
    GRANT SELECT, INSERT ON partner_location_version TO planning_run;
    GRANT SELECT, INSERT ON partner_competency_version TO planning_run;
    GRANT SELECT, INSERT ON enrollment_version TO planning_run;
    GRANT SELECT, INSERT ON consultant_version TO planning_run;
    GRANT SELECT, INSERT ON voucher_version TO planning_run;
    GRANT SELECT, INSERT ON payment_request_version TO planning_run;
    GRANT SELECT, INSERT ON payment_version TO planning_run;
    GRANT SELECT, INSERT ON payment_allocation_version TO planning_run;

    -- A pack is kept for ever; of its files those that do not decide may be replaced.
    GRANT SELECT, INSERT ON policy_pack TO planning_run;
    GRANT SELECT, INSERT, DELETE ON policy_pack_file TO planning_run;

    GRANT SELECT, INSERT, UPDATE ON run TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON run_attempt TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON run_partition TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON quarantine TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON review TO planning_run;
    GRANT SELECT, INSERT, DELETE ON run_due TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON decision TO planning_run;

    -- What a run wrote over is kept for a while.
    GRANT SELECT, INSERT, DELETE ON undo_point TO planning_run;
    GRANT SELECT, INSERT, DELETE ON decision_before TO planning_run;
    GRANT SELECT, INSERT, DELETE ON voucher_status_before TO planning_run;

    -- These are only added to.
    REVOKE UPDATE, DELETE ON decision_history FROM planning_run;
    REVOKE UPDATE, DELETE ON days_ledger FROM planning_run;
    REVOKE UPDATE, DELETE ON policy_log FROM planning_run;
    REVOKE UPDATE, DELETE ON allocation_entry FROM planning_run;
    REVOKE UPDATE, DELETE ON suggestion_rejection FROM planning_run;
    GRANT SELECT, INSERT ON decision_history TO planning_run;
    GRANT SELECT, INSERT ON days_ledger TO planning_run;
    GRANT SELECT, INSERT ON policy_log TO planning_run;
    GRANT SELECT, INSERT ON run_undo TO planning_run;
    GRANT SELECT, INSERT ON exception_action TO planning_run;
    GRANT SELECT, INSERT ON sign_off TO planning_run;
    GRANT SELECT, INSERT ON sign_off_part TO planning_run;
    GRANT SELECT, INSERT ON sign_off_step TO planning_run;
    GRANT SELECT, INSERT ON console_log TO planning_run;
    GRANT SELECT, INSERT ON allocation_entry TO planning_run;
    GRANT SELECT, INSERT ON suggestion_rejection TO planning_run;

    GRANT SELECT, INSERT, UPDATE ON import_run TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON drop_folder TO planning_run;
    GRANT SELECT, INSERT ON import_file TO planning_run;
    GRANT SELECT, INSERT ON import_reject TO planning_run;

    -- Of the console. Keys are added, users and API keys are disabled and never deleted, links are used up.
    GRANT SELECT, INSERT, UPDATE ON console_user TO planning_run;
    GRANT SELECT, INSERT, UPDATE ON api_key TO planning_run;
    GRANT SELECT, INSERT, DELETE ON console_link TO planning_run;
    GRANT SELECT, INSERT ON console_key TO planning_run;

    -- The scheduler's own.
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_JOB_DETAILS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_TRIGGERS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_SIMPLE_TRIGGERS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_CRON_TRIGGERS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_SIMPROP_TRIGGERS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_BLOB_TRIGGERS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_CALENDARS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_PAUSED_TRIGGER_GRPS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_PAUSED_JOB_GRPS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_FIRED_TRIGGERS TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_SCHEDULER_STATE TO planning_run;
    GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_LOCKS TO planning_run;
END
GO
