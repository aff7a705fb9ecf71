using Microsoft.Data.Sqlite;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Worker.Data;

/// <summary>Writes what a chunk changes and the run's checkpoint in one transaction.</summary>
internal sealed class DecisionWriter : IDisposable
{
    private readonly Run run;
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement rollback;
    private readonly Statement advance;
    private readonly Statement renew;
    private readonly Statement put;
    private readonly Statement refresh;
    private readonly Statement delete;
    private readonly Statement append;
    private readonly Statement book;
    private readonly Statement setStatus;
    private readonly Statement quarantine;

    /// <summary>Prepares the writes of one attempt at a run, on a connection that nothing else uses meanwhile.</summary>
    public DecisionWriter(SqliteConnection connection, Run run)
    {
        this.run = run;
        begin = new(connection, "BEGIN IMMEDIATE");
        commit = new(connection, "COMMIT");
        rollback = new(connection, "ROLLBACK");
        advance = new(
            connection,
            """
            UPDATE run SET phase = ?1, last_key = ?2, counters = ?3, totals = ?4
            WHERE run_id = ?5 AND attempt = ?6 AND status = 'InProgress'
            """
        );
        renew = new(connection, "UPDATE run_attempt SET lease_until = ?1 WHERE run_id = ?2 AND attempt = ?3");
        put = new(
            connection,
            """
            INSERT INTO decision
                (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (customer_id, rule_set, subject_type, subject_id) DO UPDATE
            SET outcome = excluded.outcome, codes = excluded.codes, details = excluded.details,
                findings = excluded.findings, run_id = excluded.run_id
            """
        );
        refresh = new(
            connection,
            """
            UPDATE decision SET outcome = ?5, codes = ?6, details = ?7, findings = ?8
            WHERE customer_id = ?1 AND rule_set = ?2 AND subject_type = ?3 AND subject_id = ?4
            """
        );
        delete = new(
            connection,
            """
            DELETE FROM decision
            WHERE customer_id = ?1 AND rule_set = ?2 AND subject_type = ?3 AND subject_id = ?4
            """
        );
        append = new(
            connection,
            """
            INSERT INTO decision_history
                (customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id, change_kind)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """
        );
        book = new(
            connection,
            "INSERT INTO days_ledger (agreement_id, voucher_id, run_id, days, reason) VALUES (?1, ?2, ?3, ?4, ?5)"
        );
        setStatus = new(connection, "UPDATE voucher SET status = ?1 WHERE voucher_id = ?2");
        quarantine = new(
            connection,
            "INSERT INTO quarantine (run_id, customer_id, error) VALUES (?1, ?2, ?3)"
        );
    }

    /// <summary>Commits a chunk with its checkpoint and keeps the lease: all of it, or nothing.</summary>
    /// <exception cref="AttemptLostException">Another attempt took the run over, or it was abandoned.</exception>
    public void Commit(ChunkWrites writes, Checkpoint checkpoint, DateTimeOffset leaseUntil)
    {
        begin.Execute();
        try
        {
            Advance(checkpoint, leaseUntil);
            Write(writes);
            commit.Execute();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (
            var statement in new[]
            {
                begin,
                commit,
                rollback,
                advance,
                renew,
                put,
                refresh,
                delete,
                append,
                book,
                setStatus,
                quarantine,
            }
        )
        {
            statement.Dispose();
        }
    }

    // First of all, so that an attempt that was given up writes nothing.
    private void Advance(Checkpoint checkpoint, DateTimeOffset leaseUntil)
    {
        advance.Bind(1, checkpoint.Phase.ToString());
        advance.Bind(2, checkpoint.LastKey);
        advance.Bind(3, checkpoint.Counters);
        advance.Bind(4, checkpoint.Totals);
        advance.Bind(5, run.RunId);
        advance.Bind(6, run.Attempt);
        if (advance.Execute() == 0)
        {
            throw new AttemptLostException(run.RunId, run.Attempt);
        }

        renew.Bind(1, SqlText.Of(leaseUntil));
        renew.Bind(2, run.RunId);
        renew.Bind(3, run.Attempt);
        renew.Execute();
    }

    private void Write(ChunkWrites writes)
    {
        foreach (var change in writes.Changes)
        {
            Write(change);
        }

        foreach (var booking in writes.Bookings)
        {
            book.Bind(1, booking.AgreementId);
            book.Bind(2, booking.VoucherId);
            book.Bind(3, run.RunId);
            book.Bind(4, booking.Days);
            book.Bind(5, booking.Days > 0 ? "returned" : "reversed");
            book.Execute();
        }

        foreach (var (voucherId, status) in writes.Statuses)
        {
            setStatus.Bind(1, SqlText.Of(status));
            setStatus.Bind(2, voucherId);
            setStatus.Execute();
        }

        foreach (var (customerId, error) in writes.Quarantined)
        {
            quarantine.Bind(1, run.RunId);
            quarantine.Bind(2, customerId);
            quarantine.Bind(3, error);
            quarantine.Execute();
        }
    }

    private void Write(DecisionChange change)
    {
        switch (change.Kind)
        {
            case ChangeKind.Decided:
            case ChangeKind.Changed:
                var findings = FindingsJson.Write(change.Decision.Findings);
                Execute(put, change, change.Decision, findings);
                Append(change, change.Decision, findings);
                break;
            case ChangeKind.Refreshed:
                // The run that last changed it stays.
                Execute(refresh, change, change.Decision, FindingsJson.Write(change.Decision.Findings));
                break;
            case ChangeKind.Ended:
                BindKey(delete, change);
                delete.Execute();
                Append(change, change.Decision with { Outcome = "", Findings = [], Details = "" }, null);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Kind, null);
        }
    }

    private void Append(DecisionChange change, Decision decision, string? findings)
    {
        append.Bind(10, (int)change.Kind);
        Execute(append, change, decision, findings);
    }

    private void Execute(Statement statement, DecisionChange change, Decision decision, string? findings)
    {
        BindKey(statement, change);
        statement.Bind(5, decision.Outcome);
        statement.Bind(6, decision.Codes);
        statement.Bind(7, decision.Details);
        statement.Bind(8, findings);
        if (statement != refresh)
        {
            statement.Bind(9, run.RunId);
        }

        statement.Execute();
    }

    private static void BindKey(Statement statement, DecisionChange change)
    {
        statement.Bind(1, change.CustomerId);
        statement.Bind(2, SqlText.Of(change.Decision.RuleSet));
        statement.Bind(3, SqlText.Of(change.Decision.Subject));
        statement.Bind(4, change.Decision.SubjectId);
    }

    // A full disk may have rolled back by itself; what counts is the first error.
    private void Rollback()
    {
        try
        {
            rollback.Execute();
        }
        catch (SqliteException) { }
    }
}
