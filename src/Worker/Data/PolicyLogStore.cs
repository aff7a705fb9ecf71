using Dapper;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>The policy log: who published, activated, approved and rolled back which pack. It is only added to.</summary>
internal sealed class PolicyLogStore(SqliteConnection connection)
{
    /// <summary>All entries, the first first.</summary>
    public IReadOnlyList<PolicyLogEntry> Read()
    {
        const string sql = """
            SELECT entry_no, action, pack_hash, text_hash, from_date, activation, needs_approval, by_name, at,
                previous_hash, entry_hash
            FROM policy_log ORDER BY entry_no
            """;
        return [.. connection.Query<Row>(sql).Select(r => r.ToEntry())];
    }

    /// <summary>Adds an entry, which is the next one.</summary>
    public void Add(PolicyLogEntry entry)
    {
        const string sql = """
            INSERT INTO policy_log (entry_no, action, pack_hash, text_hash, from_date, activation, needs_approval,
                by_name, at, previous_hash, entry_hash)
            VALUES (@EntryNo, @action, @PackHash, @TextHash, @from, @Activation, @needsApproval, @By, @at,
                @PreviousHash, @EntryHash)
            """;
        connection.Execute(
            sql,
            new
            {
                entry.EntryNo,
                action = Text(entry.Action),
                entry.PackHash,
                entry.TextHash,
                from = entry.From is { } date ? SqlText.Of(date) : null,
                entry.Activation,
                needsApproval = entry.NeedsApproval ? 1 : 0,
                entry.By,
                at = SqlText.Of(entry.At),
                entry.PreviousHash,
                entry.EntryHash,
            }
        );
    }

    /// <summary>Does work that nobody else's comes between: all of it, or nothing.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = work();
        transaction.Commit();
        return result;
    }

    public static string Text(PolicyAction action) =>
        action switch
        {
            PolicyAction.Published => "published",
            PolicyAction.Activated => "activated",
            PolicyAction.Approved => "approved",
            PolicyAction.RolledBack => "rolled back",
        };

    // The shape Dapper fills; the columns are matched by position and type.
    private sealed record Row(
        long EntryNo,
        string Action,
        string PackHash,
        string? TextHash,
        string? FromDate,
        long? Activation,
        long NeedsApproval,
        string ByName,
        string At,
        string PreviousHash,
        string EntryHash
    )
    {
        public PolicyLogEntry ToEntry() =>
            new(
                checked((int)EntryNo),
                Enum.GetValues<PolicyAction>().Single(a => Text(a) == Action),
                PackHash,
                TextHash,
                FromDate is null ? null : SqlText.ToDate(FromDate),
                Activation is { } entry ? checked((int)entry) : null,
                NeedsApproval != 0,
                ByName,
                SqlText.ToInstant(At),
                PreviousHash,
                EntryHash
            );
    }
}
