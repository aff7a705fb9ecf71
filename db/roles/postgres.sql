-- Who may do what: planning_migrate makes and upgrades the tables, planning_run does the nightly work on them and can
-- neither change their shape nor rewrite history.
--
-- As an administrator of the server, in the database, before the first migration and again after each:
--
--   psql --single-transaction -v ON_ERROR_STOP=1 -f db/roles/postgres.sql planning
--
-- It may run any number of times. Neither role has a password at first: give each one with psql's \password, or let
-- the server know them otherwise. 'planning migrate' then connects as planning_migrate, everything else as planning_run.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'planning_migrate') THEN
        CREATE ROLE planning_migrate LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'planning_run') THEN
        CREATE ROLE planning_run LOGIN;
    END IF;

    EXECUTE format('GRANT CONNECT ON DATABASE %I TO planning_migrate', current_database());
    -- Bulk writes go through temporary tables.
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO planning_run', current_database());
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO planning_migrate;
GRANT USAGE ON SCHEMA public TO planning_run;

-- A table that a later migration makes can be read at once; what else may be done with it is decided here.
ALTER DEFAULT PRIVILEGES FOR ROLE planning_migrate IN SCHEMA public GRANT SELECT ON TABLES TO planning_run;

-- A database that somebody else migrated so far changes hands.
DO $$
DECLARE
    change text;
BEGIN
    FOR change IN
        SELECT format('ALTER TABLE %s OWNER TO planning_migrate', c.oid::regclass)
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
          AND c.relowner <> 'planning_migrate'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('ALTER FUNCTION %s OWNER TO planning_migrate', f.oid::regprocedure)
        FROM pg_proc f
        WHERE f.pronamespace = 'public'::regnamespace AND f.proowner <> 'planning_migrate'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = f.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('ALTER DOMAIN %s OWNER TO planning_migrate', t.oid::regtype)
        FROM pg_type t
        WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'd'
          AND t.typowner <> 'planning_migrate'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    LOOP
        EXECUTE change;
    END LOOP;
END
$$;

DO $$
BEGIN
    -- Before the first migration there is nothing more to grant.
    IF to_regclass('public.schema_journal') IS NULL THEN
        RETURN;
    END IF;

    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, planning_run;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO planning_run;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO planning_run;

    -- Facts are never deleted.
    GRANT INSERT, UPDATE ON agreement, entitlement_grant, partner, partner_location, partner_competency, enrollment,
        consultant, consultant_exam, voucher, payment_request, payment, payment_allocation TO planning_run;
    -- Versions that were replaced are only added to.
    GRANT INSERT ON agreement_version, entitlement_grant_version, partner_version, partner_location_version,
        partner_competency_version, enrollment_version, consultant_version, voucher_version, payment_request_version,
        payment_version, payment_allocation_version TO planning_run;

    -- A pack is kept for ever; of its files those that do not decide may be replaced.
    GRANT INSERT ON policy_pack TO planning_run;
    GRANT INSERT, DELETE ON policy_pack_file TO planning_run;

    GRANT INSERT, UPDATE ON run, run_attempt, run_partition TO planning_run;
    GRANT INSERT, UPDATE ON quarantine, review TO planning_run;
    GRANT INSERT, DELETE ON run_due TO planning_run;
    GRANT INSERT, UPDATE, DELETE ON decision TO planning_run;

    -- What a run wrote over is kept for a while.
    GRANT INSERT, DELETE ON undo_point, decision_before, voucher_status_before TO planning_run;

    -- These are only added to.
    GRANT INSERT ON decision_history, days_ledger, policy_log, run_undo, exception_action, sign_off, sign_off_part,
        sign_off_step, console_log,
        allocation_entry, suggestion_rejection TO planning_run;

    GRANT INSERT, UPDATE ON import_run, drop_folder TO planning_run;
    GRANT INSERT ON import_file, import_reject TO planning_run;

    -- Of the console. Keys are added, users and API keys are disabled and never deleted, links are used up.
    GRANT INSERT, UPDATE ON console_user, api_key TO planning_run;
    GRANT INSERT, DELETE ON console_link TO planning_run;
    GRANT INSERT ON console_key TO planning_run;

    -- The scheduler's own.
    GRANT INSERT, UPDATE, DELETE ON qrtz_job_details, qrtz_triggers, qrtz_simple_triggers, qrtz_cron_triggers,
        qrtz_simprop_triggers, qrtz_blob_triggers, qrtz_calendars, qrtz_paused_trigger_grps, qrtz_paused_job_grps,
        qrtz_fired_triggers, qrtz_scheduler_state, qrtz_locks TO planning_run;
END
$$;
