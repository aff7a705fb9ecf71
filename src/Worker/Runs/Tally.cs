using System.Text.Json.Serialization;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>What a run did so far; kept in its checkpoint, so that it survives the attempt.</summary>
internal sealed class Tally
{
    public long Customers { get; set; }
    public long Vouchers { get; set; }
    public long Partners { get; set; }
    public long Quarantined { get; set; }
    public long StatusesChanged { get; set; }
    public long DaysReturned { get; set; }
    public long DaysReversed { get; set; }

    /// <summary>How many customers were due, by reason; empty where everyone was decided.</summary>
    public SortedDictionary<DueReason, long> Due { get; init; } = [];

    /// <summary>The same of partners.</summary>
    public SortedDictionary<DueReason, long> DuePartners { get; init; } = [];

    /// <summary>What became of the decisions, by rule set.</summary>
    public SortedDictionary<RuleSetName, ChangeTally> Changes { get; init; } = [];

    /// <summary>Decisions that were made for the first time, changed or ended.</summary>
    [JsonIgnore]
    public long AllChanges => Changes.Values.Sum(c => c.Decided + c.Changed + c.Ended);

    public void Add(Tally other)
    {
        Customers += other.Customers;
        Vouchers += other.Vouchers;
        Partners += other.Partners;
        Quarantined += other.Quarantined;
        StatusesChanged += other.StatusesChanged;
        DaysReturned += other.DaysReturned;
        DaysReversed += other.DaysReversed;
        Add(Due, other.Due);
        Add(DuePartners, other.DuePartners);

        foreach (var (ruleSet, changes) in other.Changes)
        {
            ChangesOf(ruleSet).Add(changes);
        }
    }

    /// <summary>Adds a chunk of customers or partners that were due; nothing where everyone is decided.</summary>
    public void AddDue(DecidedChunk chunk) =>
        Add(
            chunk.Partners > 0 ? DuePartners : Due,
            chunk.Due.CountBy(r => r).Select(r => KeyValuePair.Create(r.Key, (long)r.Value))
        );

    public void Add(ChunkWrites writes)
    {
        foreach (var change in writes.Changes)
        {
            ChangesOf(change.Decision.RuleSet).Add(change.Kind);
        }

        Quarantined += writes.Quarantined.Count;
        StatusesChanged += writes.Statuses.Count;
        DaysReturned += writes.Bookings.Where(b => b.Days > 0).Sum(b => (long)b.Days);
        DaysReversed -= writes.Bookings.Where(b => b.Days < 0).Sum(b => (long)b.Days);
    }

    private static void Add(
        SortedDictionary<DueReason, long> due,
        IEnumerable<KeyValuePair<DueReason, long>> more
    )
    {
        foreach (var (reason, count) in more)
        {
            due[reason] = due.GetValueOrDefault(reason) + count;
        }
    }

    private ChangeTally ChangesOf(RuleSetName ruleSet)
    {
        if (!Changes.TryGetValue(ruleSet, out var tally))
        {
            Changes.Add(ruleSet, tally = new());
        }

        return tally;
    }
}

/// <summary>How many decisions of a rule set were made for the first time, changed or ended.</summary>
internal sealed class ChangeTally
{
    public long Decided { get; set; }
    public long Changed { get; set; }
    public long Ended { get; set; }

    public void Add(ChangeTally other)
    {
        Decided += other.Decided;
        Changed += other.Changed;
        Ended += other.Ended;
    }

    public void Add(ChangeKind kind) =>
        _ = kind switch
        {
            ChangeKind.Decided => Decided++,
            ChangeKind.Changed => Changed++,
            ChangeKind.Ended => Ended++,
        };
}
