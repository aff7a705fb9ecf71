using System.Runtime.InteropServices;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Simulation;

/// <summary>What a policy pack would decide otherwise than another on one business date.</summary>
internal sealed class SimulationResult(DateOnly businessDate, PolicyPack oldPack, PolicyPack newPack)
{
    private const int LargestCount = 10;

    private readonly Dictionary<(RuleSetName, SubjectType, string, string), long> outcomes = [];
    private readonly Dictionary<string, (long Lost, long Found)> codes = new(StringComparer.Ordinal);
    private readonly ControlTotals oldTotals = new();
    private readonly ControlTotals newTotals = new();
    private readonly List<Difference> money = [];
    private readonly List<Difference> days = [];

    /// <summary>The day.</summary>
    public DateOnly BusinessDate { get; } = businessDate;

    /// <summary>The pack that decides now.</summary>
    public PackName Old { get; } = new(oldPack.Name, oldPack.Hash);

    /// <summary>The pack that was tried.</summary>
    public PackName New { get; } = new(newPack.Name, newPack.Hash);

    /// <summary>Customers decided.</summary>
    public long Customers { get; private set; }

    /// <summary>Their vouchers.</summary>
    public long Vouchers { get; private set; }

    /// <summary>Partners decided.</summary>
    public long Partners { get; private set; }

    /// <summary>Decisions with another outcome.</summary>
    public long Flips { get; private set; }

    /// <summary>Decisions of which only codes or details are others.</summary>
    public long OtherDifferences { get; private set; }

    /// <summary>How many decisions went from one outcome to another, by rule set and subject.</summary>
    public IReadOnlyList<OutcomeFlip> Outcomes =>
        [
            .. outcomes
                .Select(o => new OutcomeFlip(o.Key.Item1, o.Key.Item2, o.Key.Item3, o.Key.Item4, o.Value))
                .OrderBy(o => o.RuleSet)
                .ThenBy(o => o.Subject)
                .ThenBy(o => o.From, StringComparer.Ordinal)
                .ThenBy(o => o.To, StringComparer.Ordinal),
        ];

    /// <summary>How many findings of each code are no longer there, and how many are new.</summary>
    public IReadOnlyList<CodeFlip> Codes =>
        [
            .. codes
                .Select(c => new CodeFlip(c.Key, c.Value.Lost, c.Value.Found))
                .OrderBy(c => c.Code, StringComparer.Ordinal),
        ];

    /// <summary>The control totals under the old pack.</summary>
    public TotalsSheet OldTotals => oldTotals.Sheet();

    /// <summary>The control totals under the new pack.</summary>
    public TotalsSheet NewTotals => newTotals.Sheet();

    /// <summary>The differences with the most money, ten of each currency at most.</summary>
    public IReadOnlyList<Difference> LargestInMoney =>
        [
            .. money
                .OrderBy(d => d.Currency, StringComparer.Ordinal)
                .ThenByDescending(d => Math.Abs(d.Money))
                .ThenBy(d => d.SubjectId, StringComparer.Ordinal),
        ];

    /// <summary>The agreements with the most days, ten at most.</summary>
    public IReadOnlyList<Difference> LargestInDays =>
        [.. days.OrderByDescending(d => Math.Abs(d.Days)).ThenBy(d => d.SubjectId, StringComparer.Ordinal)];

    /// <summary>Customers that cannot be decided under the old pack, with the error; they are not compared.</summary>
    public List<QuarantinedCustomer> UndecidedUnderOld { get; } = [];

    /// <summary>Customers that cannot be decided under the new pack, with the error; they are not compared.</summary>
    public List<QuarantinedCustomer> UndecidedUnderNew { get; } = [];

    public void Add(ComparedChunk chunk)
    {
        Customers += chunk.Customers;
        Vouchers += chunk.Vouchers;
        Partners += chunk.Partners;
        oldTotals.Add(chunk.Old);
        newTotals.Add(chunk.New);
        UndecidedUnderOld.AddRange(chunk.UndecidedUnderOld);
        UndecidedUnderNew.AddRange(chunk.UndecidedUnderNew);
        foreach (var difference in chunk.Differences)
        {
            Add(difference);
        }
    }

    private void Add(Difference difference)
    {
        var (from, to) = (difference.Old?.Outcome ?? "", difference.New?.Outcome ?? "");
        CollectionsMarshal.GetValueRefOrAddDefault(
            outcomes,
            (difference.RuleSet, difference.Subject, from, to),
            out _
        )++;
        if (difference.IsFlip)
        {
            Flips++;
        }
        else
        {
            OtherDifferences++;
        }

        foreach (var (code, more) in MoreFound(difference))
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, code, out _);
            count = (count.Lost + Math.Max(0, -more), count.Found + Math.Max(0, more));
        }

        if (difference.Money != 0)
        {
            Keep(money, difference, d => Math.Abs(d.Money), d => d.Currency == difference.Currency);
        }

        if (difference.Days != 0 && difference.RuleSet == RuleSetName.Entitlement)
        {
            Keep(days, difference, d => Math.Abs(d.Days), _ => true);
        }
    }

    /// <summary>By code, how many findings the new decision has more than the old.</summary>
    private static IEnumerable<(string Code, int More)> MoreFound(Difference difference) =>
        (difference.New?.Findings ?? [])
            .Select(f => (f.Code, More: 1))
            .Concat((difference.Old?.Findings ?? []).Select(f => (f.Code, More: -1)))
            .GroupBy(f => f.Code, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Sum(f => f.More)))
            .Where(g => g.Item2 != 0);

    /// <summary>Keeps the largest of a kind.</summary>
    private static void Keep(
        List<Difference> largest,
        Difference difference,
        Func<Difference, decimal> size,
        Func<Difference, bool> isOfKind
    )
    {
        largest.Add(difference);
        if (largest.Count(isOfKind) > LargestCount)
        {
            largest.Remove(
                largest
                    .Where(isOfKind)
                    .OrderBy(size)
                    .ThenByDescending(d => d.SubjectId, StringComparer.Ordinal)
                    .First()
            );
        }
    }
}

/// <summary>A policy pack by its name and hash.</summary>
internal sealed record PackName(string Name, string Hash)
{
    public override string ToString() => $"{Name} {PolicyLog.Short(Hash)}";
}

/// <summary>Decisions that went from one outcome to another; the same where only codes or details differ.</summary>
/// <param name="RuleSet">The rule set.</param>
/// <param name="Subject">What was decided on.</param>
/// <param name="From">The outcome under the old pack; empty where it has no decision.</param>
/// <param name="To">The outcome under the new pack; empty where it has no decision.</param>
/// <param name="Count">How many.</param>
internal sealed record OutcomeFlip(
    RuleSetName RuleSet,
    SubjectType Subject,
    string From,
    string To,
    long Count
);

/// <summary>Findings of a code that went and came.</summary>
/// <param name="Code">The code.</param>
/// <param name="Lost">Found under the old pack and not under the new.</param>
/// <param name="Found">Found under the new pack and not under the old.</param>
internal sealed record CodeFlip(string Code, long Lost, long Found);
