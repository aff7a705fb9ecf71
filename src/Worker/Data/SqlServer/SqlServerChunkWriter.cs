using System.Data;

namespace PlanningServices.Worker.Data.SqlServer;

/// <summary>Writes chunks to SQL Server: bulk copy into temporary tables, then a statement for each kind of change.</summary>
internal sealed class SqlServerChunkWriter : ChunkWriter
{
    private readonly DatabaseConnection connection;
    private readonly RunPartition held;
    private readonly TimeSpan lease;

    public SqlServerChunkWriter(DatabaseConnection connection, RunPartition held, TimeSpan lease)
    {
        (this.connection, this.held, this.lease) = (connection, held, lease);
        connection.Execute("create_stage");
    }

    public override void Commit(ChunkWrites writes, string previousKey, Checkpoint checkpoint) =>
        connection.InTransaction(() =>
        {
            Advance(previousKey, checkpoint);
            Write(writes);
            return true;
        });

    public override void Write(ChunkWrites writes)
    {
        Stage(
            "#staged_change",
            [
                ("change_kind", typeof(short)),
                ("customer_id", typeof(string)),
                ("rule_set", typeof(short)),
                ("subject_type", typeof(short)),
                ("subject_id", typeof(string)),
                ("outcome", typeof(string)),
                ("codes", typeof(string)),
                ("details", typeof(string)),
                ("findings", typeof(string)),
            ],
            writes.Changes.Select(Row)
        );
        Stage(
            "#staged_booking",
            [("agreement_id", typeof(string)), ("voucher_id", typeof(string)), ("days", typeof(int))],
            writes.Bookings.Select(b => new object?[] { b.AgreementId, b.VoucherId, b.Days })
        );
        Stage(
            "#staged_status",
            [("voucher_id", typeof(string)), ("status", typeof(string))],
            writes.Statuses.Select(s => new object?[] { s.VoucherId, SqlText.Of(s.Status) })
        );
        Stage(
            "#staged_quarantine",
            [
                ("phase", typeof(string)),
                ("customer_id", typeof(string)),
                ("error", typeof(string)),
                ("fact", typeof(string)),
                ("rule_code", typeof(string)),
                ("parameter", typeof(string)),
                ("set_aside", typeof(string)),
            ],
            writes.Quarantined.Select(q =>
                new object?[]
                {
                    q.Phase.ToString(),
                    q.CustomerId,
                    q.Error,
                    q.Fact,
                    q.RuleCode,
                    q.Parameter,
                    q.SetAside,
                }
            )
        );
        Stage(
            "#staged_review",
            [("phase", typeof(string)), ("customer_id", typeof(string)), ("next_review", typeof(DateTime))],
            writes.Reviews.Select(r =>
                new object?[] { r.Phase.ToString(), r.CustomerId, r.NextReview?.ToDateTime(default) }
            )
        );
        connection.Execute("apply_stage", new { runId = held.RunId });
    }

    // The connection goes back to a pool, and must not bring the tables along.
    public override void Dispose()
    {
        if (connection.Driver.State == ConnectionState.Open)
        {
            connection.Execute("drop_stage");
        }
    }

    // First of all, so that one who was given up writes nothing.
    private void Advance(string previousKey, Checkpoint checkpoint)
    {
        var advanced = connection.Execute(
            "advance_partition",
            new
            {
                runId = held.RunId,
                partitionNo = held.PartitionNo,
                fence = held.Fence,
                leaseSeconds = PartitionStore.Seconds(lease),
                previousKey,
                lastKey = checkpoint.LastKey,
                counters = checkpoint.Counters,
                totals = checkpoint.Totals,
            }
        );
        if (advanced == 0)
        {
            throw WhyNotAdvanced(connection, held);
        }
    }

    private static object?[] Row(DecisionChange change)
    {
        var decision = change.HistoryDecision;
        return
        [
            (short)change.Kind,
            change.CustomerId,
            (short)SqlText.Of(decision.RuleSet),
            (short)SqlText.Of(decision.Subject),
            decision.SubjectId,
            decision.Outcome,
            decision.Codes,
            decision.Details,
            FindingsJson.Write(decision.Findings),
        ];
    }

    private void Stage(string table, (string Name, Type Type)[] columns, IEnumerable<object?[]> rows)
    {
        using var staged = new DataTable(table);
        foreach (var (name, type) in columns)
        {
            staged.Columns.Add(name, type);
        }

        foreach (var row in rows)
        {
            staged.Rows.Add(row);
        }

        if (staged.Rows.Count > 0)
        {
            SqlServerStage.BulkCopy(connection, staged);
        }
    }
}
