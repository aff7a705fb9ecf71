namespace PlanningServices.Worker.Data;

/// <summary>The policy log: who published, activated, approved and rolled back which pack. It is only added to.</summary>
internal sealed class PolicyLogStore(DatabaseConnection connection)
{
    /// <summary>All entries, the first first.</summary>
    public IReadOnlyList<PolicyLogEntry> Read() =>
        [.. connection.Query<Row>("policy_log").Select(r => r.ToEntry())];

    /// <summary>Adds an entry, which is the next one.</summary>
    public void Add(PolicyLogEntry entry) =>
        connection.Execute(
            "insert_policy_log_entry",
            new
            {
                entryNo = entry.EntryNo,
                action = Text(entry.Action),
                packHash = entry.PackHash,
                textHash = entry.TextHash,
                fromDate = entry.From,
                activation = entry.Activation,
                needsApproval = entry.NeedsApproval,
                byName = entry.By,
                byAccount = entry.Account,
                at = entry.At,
                previousHash = entry.PreviousHash,
                entryHash = entry.EntryHash,
            }
        );

    /// <summary>Runs work in an exclusive transaction: all of it, or nothing.</summary>
    public T InExclusiveTransaction<T>(Func<T> work) => connection.InExclusiveTransaction(work);

    public static string Text(PolicyAction action) =>
        action switch
        {
            PolicyAction.Published => "published",
            PolicyAction.Activated => "activated",
            PolicyAction.Approved => "approved",
            PolicyAction.RolledBack => "rolled back",
        };

    private sealed record Row
    {
        public int EntryNo { get; init; }
        public required string Action { get; init; }
        public required string PackHash { get; init; }
        public string? TextHash { get; init; }
        public DateOnly? FromDate { get; init; }
        public int? Activation { get; init; }
        public bool NeedsApproval { get; init; }
        public required string ByName { get; init; }
        public string? ByAccount { get; init; }
        public DateTimeOffset At { get; init; }
        public required string PreviousHash { get; init; }
        public required string EntryHash { get; init; }

        public PolicyLogEntry ToEntry() =>
            new(
                EntryNo,
                Enum.GetValues<PolicyAction>().Single(a => Text(a) == Action),
                PackHash,
                TextHash,
                FromDate,
                Activation,
                NeedsApproval,
                ByName,
                ByAccount,
                At,
                PreviousHash,
                EntryHash
            );
    }
}
