using Npgsql;
using NpgsqlTypes;

namespace PlanningServices.Worker.Data.Postgres;

/// <summary>
/// Writes chunks to PostgreSQL: the checkpoint, then a statement for each kind of change, with an array for each column,
/// all of them in one batch and so in one trip to the server.
/// </summary>
internal sealed class PostgresChunkWriter(DatabaseConnection connection, RunPartition held, TimeSpan lease)
    : ChunkWriter
{
    private readonly NpgsqlConnection driver = (NpgsqlConnection)connection.Driver;

    public override void Commit(ChunkWrites writes, string previousKey, Checkpoint checkpoint)
    {
        using var transaction = driver.BeginTransaction();
        if (Advance(transaction, previousKey, checkpoint))
        {
            Write(writes, transaction);
            transaction.Commit();
            return;
        }

        transaction.Rollback();
        throw WhyNotAdvanced(connection, held);
    }

    public override void Write(ChunkWrites writes) =>
        Write(writes, (NpgsqlTransaction)connection.Transaction!);

    public override void Dispose() { }

    private void Write(ChunkWrites writes, NpgsqlTransaction transaction)
    {
        using var batch = new NpgsqlBatch(driver, transaction);
        Keep(batch, writes);
        Put(batch, writes.Changes);
        Delete(batch, writes.Changes);
        Append(batch, writes.Changes);
        Book(batch, writes.Bookings);
        SetStatus(batch, writes.Statuses);
        SetAside(batch, writes.Quarantined);
        PutReviews(batch, writes.Reviews);
        if (batch.BatchCommands.Count > 0)
        {
            batch.ExecuteNonQuery();
        }
    }

    // Before anything else is sent: what somebody else has committed meanwhile would fail as a duplicate, and hide why.
    private bool Advance(NpgsqlTransaction transaction, string previousKey, Checkpoint checkpoint)
    {
        using var batch = new NpgsqlBatch(driver, transaction);
        var command = Add(batch, "advance_partition");
        Value(command, "runId", held.RunId);
        Value(command, "partitionNo", (long)held.PartitionNo);
        Value(command, "fence", held.Fence);
        Value(command, "leaseSeconds", PartitionStore.Seconds(lease));
        Value(command, "previousKey", previousKey);
        Value(command, "lastKey", checkpoint.LastKey);
        Value(command, "counters", checkpoint.Counters);
        Value(command, "totals", checkpoint.Totals);
        return batch.ExecuteNonQuery() == 1;
    }

    // What is written over, as it is before.
    private void Keep(NpgsqlBatch batch, ChunkWrites writes)
    {
        if (Of(writes.Changes, ChangeKind.Changed, ChangeKind.Ended) is { Count: > 0 } changes)
        {
            var command = Add(batch, "keep_decisions");
            Value(command, "runId", held.RunId);
            Keys(command, changes);
        }

        if (writes.Statuses is { Count: > 0 } statuses)
        {
            var command = Add(batch, "keep_statuses");
            Value(command, "runId", held.RunId);
            Array(command, "voucherIds", NpgsqlDbType.Text, statuses, s => s.VoucherId);
        }
    }

    private void Put(NpgsqlBatch batch, IReadOnlyList<DecisionChange> all)
    {
        if (Of(all, ChangeKind.Decided, ChangeKind.Changed) is { Count: > 0 } changes)
        {
            var command = Add(batch, "put_decisions");
            Value(command, "runId", held.RunId);
            Keys(command, changes);
            Texts(command, changes);
        }
    }

    private void Delete(NpgsqlBatch batch, IReadOnlyList<DecisionChange> all)
    {
        if (Of(all, ChangeKind.Ended) is { Count: > 0 } changes)
        {
            Keys(Add(batch, "delete_decisions"), changes);
        }
    }

    private void Append(NpgsqlBatch batch, IReadOnlyList<DecisionChange> all)
    {
        if (Of(all, ChangeKind.Decided, ChangeKind.Changed, ChangeKind.Ended) is { Count: > 0 } changes)
        {
            var command = Add(batch, "append_history");
            Value(command, "runId", held.RunId);
            Keys(command, changes);
            Texts(command, changes.ConvertAll(c => c with { Decision = c.HistoryDecision }));
            Array(command, "changeKinds", NpgsqlDbType.Smallint, changes, c => (short)c.Kind);
        }
    }

    private void Book(NpgsqlBatch batch, IReadOnlyList<DaysBooking> bookings)
    {
        if (bookings.Count > 0)
        {
            var command = Add(batch, "book_days");
            Value(command, "runId", held.RunId);
            Array(command, "agreementIds", NpgsqlDbType.Text, bookings, b => b.AgreementId);
            Array(command, "voucherIds", NpgsqlDbType.Text, bookings, b => b.VoucherId);
            Array(command, "days", NpgsqlDbType.Integer, bookings, b => b.Days);
        }
    }

    private void SetStatus(NpgsqlBatch batch, IReadOnlyList<StatusChange> statuses)
    {
        if (statuses.Count > 0)
        {
            var command = Add(batch, "set_status");
            Array(command, "voucherIds", NpgsqlDbType.Text, statuses, s => s.VoucherId);
            Array(command, "statuses", NpgsqlDbType.Text, statuses, s => SqlText.Of(s.Status));
        }
    }

    private void SetAside(NpgsqlBatch batch, IReadOnlyList<QuarantinedCustomer> quarantined)
    {
        if (quarantined.Count > 0)
        {
            var command = Add(batch, "set_aside");
            Value(command, "runId", held.RunId);
            Array(command, "phases", NpgsqlDbType.Text, quarantined, q => q.Phase.ToString());
            Array(command, "customerIds", NpgsqlDbType.Text, quarantined, q => q.CustomerId);
            Array(command, "errors", NpgsqlDbType.Text, quarantined, q => q.Error);
            Array(command, "facts", NpgsqlDbType.Text, quarantined, q => q.Fact);
            Array(command, "ruleCodes", NpgsqlDbType.Text, quarantined, q => q.RuleCode);
            Array(command, "parameters", NpgsqlDbType.Text, quarantined, q => q.Parameter);
            Array(command, "setAside", NpgsqlDbType.Text, quarantined, q => q.SetAside);
        }
    }

    private void PutReviews(NpgsqlBatch batch, IReadOnlyList<Review> reviews)
    {
        if (reviews.Count > 0)
        {
            var command = Add(batch, "put_reviews");
            Array(command, "phases", NpgsqlDbType.Text, reviews, r => r.Phase.ToString());
            Array(command, "customerIds", NpgsqlDbType.Text, reviews, r => r.CustomerId);
            Array(command, "nextReviews", NpgsqlDbType.Date, reviews, r => r.NextReview);
        }
    }

    private static List<DecisionChange> Of(
        IReadOnlyList<DecisionChange> changes,
        params ChangeKind[] kinds
    ) => [.. changes.Where(c => kinds.Contains(c.Kind))];

    private static void Keys(NpgsqlBatchCommand command, IReadOnlyList<DecisionChange> changes)
    {
        Array(command, "customerIds", NpgsqlDbType.Text, changes, c => c.CustomerId);
        Array(
            command,
            "ruleSets",
            NpgsqlDbType.Smallint,
            changes,
            c => (short)SqlText.Of(c.Decision.RuleSet)
        );
        Array(
            command,
            "subjectTypes",
            NpgsqlDbType.Smallint,
            changes,
            c => (short)SqlText.Of(c.Decision.Subject)
        );
        Array(command, "subjectIds", NpgsqlDbType.Text, changes, c => c.Decision.SubjectId);
    }

    private static void Texts(NpgsqlBatchCommand command, IReadOnlyList<DecisionChange> changes)
    {
        Array(command, "outcomes", NpgsqlDbType.Text, changes, c => c.Decision.Outcome);
        Array(command, "codes", NpgsqlDbType.Text, changes, c => c.Decision.Codes);
        Array(command, "details", NpgsqlDbType.Text, changes, c => c.Decision.Details);
        Array(command, "findings", NpgsqlDbType.Text, changes, c => FindingsJson.Write(c.Decision.Findings));
    }

    private NpgsqlBatchCommand Add(NpgsqlBatch batch, string query)
    {
        var command = new NpgsqlBatchCommand(connection.Database.Query(query));
        batch.BatchCommands.Add(command);
        return command;
    }

    private static void Value<T>(NpgsqlBatchCommand command, string name, T value) =>
        command.Parameters.Add(new NpgsqlParameter<T>(name, value));

    private static void Array<TRow, T>(
        NpgsqlBatchCommand command,
        string name,
        NpgsqlDbType type,
        IReadOnlyList<TRow> rows,
        Func<TRow, T> value
    )
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        command.Parameters.Add(
            new NpgsqlParameter<T[]>(name, NpgsqlDbType.Array | type) { TypedValue = values }
        );
    }
}
