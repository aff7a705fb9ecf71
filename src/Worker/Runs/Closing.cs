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
    /// The control totals that customers bring along that a night does not decide. Before anything is decided, what is stored is to be
    /// what the night before left; the currency and the amount of facts aside, which an import may have corrected.
    /// </summary>
    /// <param name="previous">What the night before counted.</param>
    /// <param name="stored">What is stored, that of customers who are due apart.</param>
    /// <exception cref="PlanningException">A decision was changed behind the program's back.</exception>
    public static string CarryOver(TotalsSheet previous, StoredTotals stored)
    {
        var now = Of(stored, Job.Nightly);
        var differences = Decided(previous).DifferencesFrom(Decided(now));
        return differences.Count == 0
            ? RunState.Text(new(now with { SetAside = null }))
            : throw new PlanningException(
                $"Decisions were changed in the database since the last night, and not by the program. {string.Join(". ", differences)}. "
                    + "Nothing was done. To decide everyone anew: planning run nightly --as-of DATE --full",
                ExitCode.OutOfBalance
            );
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

    /// <summary>What of control totals is in the decisions and in the ledger alone, whoever was set aside.</summary>
    private static TotalsSheet Decided(TotalsSheet sheet)
    {
        var all = new ControlTotals(sheet with { SetAside = null });
        if (sheet.SetAside is { } aside)
        {
            all.Add(new ControlTotals(aside));
        }

        var decided = new ControlTotals(all.Sheet() with { Requests = [], Payments = [] });
        foreach (var request in all.Sheet().Requests)
        {
            decided.AddRequests("", request.Outcome, request.Count, request.Approved, request.Paid);
        }

        return decided.Sheet();
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
