using Microsoft.Data.Sqlite;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Worker.Data.Sqlite;

/// <summary>Writes chunks to SQLite, row by row with prepared statements: its fastest way.</summary>
internal sealed class SqliteChunkWriter : ChunkWriter
{
    private readonly DatabaseConnection connection;
    private readonly RunPartition held;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement rollback;
    private readonly SqliteStatement advance;
    private readonly SqliteStatement keep;
    private readonly SqliteStatement keepStatus;
    private readonly SqliteStatement put;
    private readonly SqliteStatement delete;
    private readonly SqliteStatement append;
    private readonly SqliteStatement book;
    private readonly SqliteStatement setStatus;
    private readonly SqliteStatement quarantine;
    private readonly SqliteStatement review;

    public SqliteChunkWriter(DatabaseConnection connection, RunPartition held, TimeSpan lease)
    {
        (this.connection, this.held) = (connection, held);
        var driver = (SqliteConnection)connection.Driver;
        begin = new(driver, "BEGIN IMMEDIATE");
        commit = new(driver, "COMMIT");
        rollback = new(driver, "ROLLBACK");
        keep = Prepare("keep_decision");
        keep.Bind(5, held.RunId);
        keepStatus = Prepare("keep_status");
        keepStatus.Bind(1, held.RunId);
        put = Prepare("put_decision");
        delete = Prepare("delete_decision");
        append = Prepare("append_history");
        book = Prepare("book_days");
        setStatus = Prepare("set_status");
        quarantine = Prepare("set_aside");
        review = Prepare("put_review");
        advance = Prepare("advance_partition");
        advance.Bind("runId", held.RunId);
        advance.Bind("partitionNo", held.PartitionNo);
        advance.Bind("fence", held.Fence);
        advance.Bind("leaseSeconds", PartitionStore.Seconds(lease));

        SqliteStatement Prepare(string name) => new(driver, connection.Database.Query(name));
    }

    public override void Commit(ChunkWrites writes, string previousKey, Checkpoint checkpoint)
    {
        begin.Execute();
        try
        {
            Advance(previousKey, checkpoint);
            Write(writes);
            commit.Execute();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    public override void Dispose()
    {
        foreach (
            var statement in new[]
            {
                begin,
                commit,
                rollback,
                advance,
                keep,
                keepStatus,
                put,
                delete,
                append,
                book,
                setStatus,
                quarantine,
                review,
            }
        )
        {
            statement.Dispose();
        }
    }

    // First of all, so that one who was given up writes nothing.
    private void Advance(string previousKey, Checkpoint checkpoint)
    {
        advance.Bind("previousKey", previousKey);
        advance.Bind("lastKey", checkpoint.LastKey);
        advance.Bind("counters", checkpoint.Counters);
        advance.Bind("totals", checkpoint.Totals);
        if (advance.Execute() == 0)
        {
            throw WhyNotAdvanced(connection, held);
        }
    }

    public override void Write(ChunkWrites writes)
    {
        foreach (var change in writes.Changes)
        {
            Write(change);
        }

        foreach (var booking in writes.Bookings)
        {
            book.Bind(1, booking.AgreementId);
            book.Bind(2, booking.VoucherId);
            book.Bind(3, held.RunId);
            book.Bind(4, booking.Days);
            book.Bind(5, booking.Days > 0 ? "returned" : "reversed");
            book.Execute();
        }

        foreach (var (voucherId, status) in writes.Statuses)
        {
            keepStatus.Bind(2, voucherId);
            keepStatus.Execute();
            setStatus.Bind(1, SqlText.Of(status));
            setStatus.Bind(2, voucherId);
            setStatus.Execute();
        }

        foreach (var customer in writes.Quarantined)
        {
            quarantine.Bind(1, held.RunId);
            quarantine.Bind(2, customer.Phase.ToString());
            quarantine.Bind(3, customer.CustomerId);
            quarantine.Bind(4, customer.Error);
            quarantine.Bind(5, customer.Fact);
            quarantine.Bind(6, customer.RuleCode);
            quarantine.Bind(7, customer.Parameter);
            quarantine.Bind(8, customer.SetAside);
            quarantine.Execute();
        }

        foreach (var (phase, customerId, next) in writes.Reviews)
        {
            review.Bind(1, phase.ToString());
            review.Bind(2, customerId);
            review.Bind(3, next is { } date ? SqlText.Of(date) : null);
            review.Execute();
        }
    }

    private void Write(DecisionChange change)
    {
        if (change.Kind != ChangeKind.Decided)
        {
            BindKey(keep, change);
            keep.Execute();
        }

        switch (change.Kind)
        {
            case ChangeKind.Decided:
            case ChangeKind.Changed:
                var findings = FindingsJson.Write(change.Decision.Findings);
                Execute(put, change, change.Decision, findings);
                Append(change, change.Decision, findings);
                break;
            case ChangeKind.Ended:
                BindKey(delete, change);
                delete.Execute();
                Append(change, change.HistoryDecision, null);
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

    private void Execute(
        SqliteStatement statement,
        DecisionChange change,
        Decision decision,
        string? findings
    )
    {
        BindKey(statement, change);
        statement.Bind(5, decision.Outcome);
        statement.Bind(6, decision.Codes);
        statement.Bind(7, decision.Details);
        statement.Bind(8, findings);
        statement.Bind(9, held.RunId);
        statement.Execute();
    }

    private static void BindKey(SqliteStatement statement, DecisionChange change)
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
