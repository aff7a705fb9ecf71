using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>The last phase: what was added up while deciding is added up again from the database, and must agree.</summary>
internal static class Closing
{
    private const string OutOfBalance = "Out of balance. ";

    /// <summary>What does not agree; empty where all does.</summary>
    public static IReadOnlyList<string> Faults(Store store, Run run, Job job, RunState state)
    {
        var decided = state.Totals.Sheet();
        var stored = Of(store.Totals(run.RunId), job);
        var everyone = state.Tally.Quarantined == 0;
        return
        [
            .. decided.DifferencesFrom(stored),
            .. MoneyBalance.Of(stored).SelectMany(m => m.Faults(everyone)),
            .. everyone && job.Only is null ? Missing(stored, store.CountFacts(run.BusinessDate)) : [],
        ];
    }

    /// <summary>
    /// The control totals that those bring along that an ordinary night does not decide. A decision that was changed behind the
    /// program's back is in one of the two and not in the other, and so puts the night out of balance.
    /// </summary>
    /// <param name="previous">What the night before counted.</param>
    /// <param name="due">What is stored of those that the night decides.</param>
    public static ControlTotals CarryOver(TotalsSheet previous, StoredTotals due)
    {
        var carried = new ControlTotals(previous with { SetAside = null });
        if (previous.SetAside is { } aside)
        {
            carried.Add(new ControlTotals(aside));
        }

        carried.Subtract(new(Of(due, Job.Nightly) with { SetAside = null }));
        return carried;
    }

    /// <summary>The error of a run that is out of balance.</summary>
    public static string Error(IReadOnlyList<string> faults) => $"{OutOfBalance}{string.Join(". ", faults)}.";

    /// <summary>What does not agree, from the error of a run; empty where it has none, or another.</summary>
    public static IReadOnlyList<string> FaultsIn(string? error) =>
        error is not null && error.StartsWith(OutOfBalance, StringComparison.Ordinal)
            ? error[OutOfBalance.Length..^1].Split(". ")
            : [];

    /// <summary>Every fact that exists on the business date has its decision.</summary>
    private static IEnumerable<string> Missing(TotalsSheet stored, FactCounts facts)
    {
        (string What, long Facts, long Decided)[] counts =
        [
            (
                "vouchers, for retirement",
                facts.Vouchers,
                Decided(RuleSetName.Retirement, SubjectType.Voucher)
            ),
            ("vouchers, for expiry", facts.Vouchers, Decided(RuleSetName.Expiry, SubjectType.Voucher)),
            ("agreements", facts.Agreements, Decided(RuleSetName.Entitlement, SubjectType.Agreement)),
            (
                "payment requests, for payment",
                facts.Requests,
                Decided(RuleSetName.Payment, SubjectType.PaymentRequest)
            ),
            (
                "payment requests, for reconciliation",
                facts.Requests,
                Decided(RuleSetName.Reconciliation, SubjectType.PaymentRequest)
            ),
            ("payments", facts.Payments, Decided(RuleSetName.Reconciliation, SubjectType.Payment)),
        ];
        return counts
            .Where(c => c.Facts != c.Decided)
            .Select(c =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{c.What}: {c.Facts} exist, {c.Decided} are decided"
                )
            );

        long Decided(RuleSetName ruleSet, SubjectType subject) =>
            stored.Outcomes.Where(o => o.RuleSet == ruleSet && o.Subject == subject).Sum(o => o.Count);
    }

    private static TotalsSheet Of(StoredTotals stored, Job job)
    {
        var reconciles = job.Decides(RuleSetName.Reconciliation);
        var days = job.Decides(RuleSetName.Entitlement) ? stored.Days : DaysTotal.None;
        return new(
            [.. stored.Outcomes.Where(o => job.Decides(o.RuleSet))],
            reconciles ? stored.Requests : [],
            reconciles ? stored.Payments : [],
            days with
            {
                Booked = job.Only is null ? stored.DaysReturned : 0,
            },
            stored.SetAside is { } aside ? Of(aside, job) : null
        );
    }
}
