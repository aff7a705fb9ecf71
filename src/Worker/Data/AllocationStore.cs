namespace PlanningServices.Worker.Data;

/// <summary>Who allocated payments to requests here, or took that back. It is only added to.</summary>
internal sealed class AllocationStore(DatabaseConnection connection)
{
    /// <summary>All entries, the first first.</summary>
    public IReadOnlyList<AllocationEntry> Entries() =>
        [.. connection.Query<Row>("allocation_entries").Select(r => r.ToEntry())];

    /// <summary>Adds an entry, which is the next one.</summary>
    public void Add(AllocationEntry entry) =>
        connection.Execute(
            "insert_allocation_entry",
            new
            {
                entryNo = entry.EntryNo,
                action = Text(entry.Action),
                paymentId = entry.PaymentId,
                requestId = entry.RequestId,
                cents = (long)(entry.Amount * 100),
                date = entry.AllocatedOn,
                needsConfirmation = entry.NeedsConfirmation,
                ofEntry = entry.OfEntry,
                importId = entry.ImportId,
                reason = entry.Reason,
                byName = entry.By,
                byAccount = entry.Account,
                at = entry.At,
            }
        );

    /// <summary>All suggestions that were rejected, by payment and request.</summary>
    public IReadOnlyList<RejectedSuggestion> Rejected() =>
        connection.Query<RejectedSuggestion>("rejected_suggestions");

    /// <summary>Adds a rejected suggestion.</summary>
    public void Add(RejectedSuggestion rejected) =>
        connection.Execute(
            "insert_rejected_suggestion",
            new
            {
                paymentId = rejected.PaymentId,
                requestId = rejected.RequestId,
                reason = rejected.Reason,
                byName = rejected.ByName,
                byAccount = rejected.ByAccount,
                at = rejected.At,
            }
        );

    /// <summary>The ids of all payments.</summary>
    public IReadOnlyList<string> PaymentIds() => connection.Query<string>("payment_ids");

    /// <summary>The ids of all payment requests.</summary>
    public IReadOnlyList<string> RequestIds() => connection.Query<string>("payment_request_ids");

    public static string Text(AllocationAction action) =>
        action switch
        {
            AllocationAction.Allocated => "allocated",
            AllocationAction.TakenBack => "taken back",
            AllocationAction.Confirmed => "confirmed",
            AllocationAction.Withdrawn => "withdrawn",
        };

    private sealed record Row
    {
        public long EntryNo { get; init; }
        public required string Action { get; init; }
        public required string PaymentId { get; init; }
        public required string RequestId { get; init; }
        public long Cents { get; init; }
        public DateOnly AllocatedOn { get; init; }
        public bool NeedsConfirmation { get; init; }
        public long? OfEntry { get; init; }
        public long? ImportId { get; init; }
        public required string Reason { get; init; }
        public required string ByName { get; init; }
        public required string ByAccount { get; init; }
        public DateTimeOffset At { get; init; }

        public AllocationEntry ToEntry() =>
            new(
                EntryNo,
                Enum.GetValues<AllocationAction>().Single(a => Text(a) == Action),
                PaymentId,
                RequestId,
                Cents / 100m,
                AllocatedOn,
                NeedsConfirmation,
                OfEntry,
                ImportId,
                Reason,
                ByName,
                ByAccount,
                At
            );
    }
}

/// <summary>What is done with an allocation.</summary>
internal enum AllocationAction
{
    /// <summary>A part of a payment is said to be for a request.</summary>
    Allocated,

    /// <summary>It is said not to be for it after all.</summary>
    TakenBack,

    /// <summary>A second person agrees with one of these.</summary>
    Confirmed,

    /// <summary>An allocation that waits for a second person is given up.</summary>
    Withdrawn,
}

/// <summary>One thing that somebody did with an allocation.</summary>
/// <param name="EntryNo">From 1, without gaps.</param>
/// <param name="Action">What was done.</param>
/// <param name="PaymentId">The payment.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Amount">The amount allocated or taken back, in the payment's currency; more than 0.</param>
/// <param name="AllocatedOn">The business date from which on the allocation counts.</param>
/// <param name="NeedsConfirmation">Whether it comes into the facts only once somebody else confirmed it.</param>
/// <param name="OfEntry">Of a confirmation and of what withdraws: the entry; else absent.</param>
/// <param name="ImportId">The import by which it came into the facts; absent where it did not.</param>
/// <param name="Reason">Why; empty for a confirmation.</param>
/// <param name="By">Who did it, as they named themselves.</param>
/// <param name="Account">The account of the operating system, as user@host.</param>
/// <param name="At">When.</param>
internal sealed record AllocationEntry(
    long EntryNo,
    AllocationAction Action,
    string PaymentId,
    string RequestId,
    decimal Amount,
    DateOnly AllocatedOn,
    bool NeedsConfirmation,
    long? OfEntry,
    long? ImportId,
    string Reason,
    string By,
    string Account,
    DateTimeOffset At
);
