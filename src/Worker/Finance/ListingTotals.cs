using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Finance;

/// <summary>Adds up lines of a listing, in the terms of the control totals.</summary>
internal sealed class ListingTotals
{
    private readonly ControlTotals totals = new();
    private readonly SortedDictionary<string, decimal> onHold = new(StringComparer.Ordinal);

    public void Add(RequestLine line)
    {
        Of(line.IsSetAside).AddRequests(line.Currency, line.Outcome, 1, line.Approved, line.Paid);
        onHold[line.Currency] = onHold.GetValueOrDefault(line.Currency) + line.OnHold;
    }

    public void Add(PaymentLine line) =>
        Of(line.IsSetAside)
            .AddPayments(
                line.Currency,
                line.Outcome,
                1,
                line.Amount,
                line.Outcome == nameof(PaymentOutcome.PartlyMatched) ? line.Allocated ?? 0m : 0m
            );

    /// <summary>What is on hold, by currency: it is in no other figure.</summary>
    public IReadOnlyDictionary<string, decimal> OnHold => onHold;

    public TotalsSheet Sheet() => totals.Sheet();

    /// <summary>Where not all lines of a night are those that its control totals counted.</summary>
    /// <param name="night">The night.</param>
    /// <param name="requests">Whether all requests were added.</param>
    /// <param name="payments">Whether all payments were added.</param>
    /// <exception cref="PlanningException">They are not.</exception>
    public void EnsureBalanced(FinanceNight night, bool requests, bool payments)
    {
        var differences = Part(night.Totals).DifferencesFrom(Part(Sheet()));
        if (differences.Count > 0)
        {
            throw new PlanningException(
                $"The lines do not add up to the control totals of run {night.Run.RunId.ToString(System.Globalization.CultureInfo.InvariantCulture)}. {string.Join(". ", differences)}.",
                ExitCode.OutOfBalance
            );
        }

        TotalsSheet Part(TotalsSheet all) =>
            new(
                [],
                requests ? all.Requests : [],
                payments ? all.Payments : [],
                DaysTotal.None,
                all.SetAside is { } aside ? Part(aside) : null
            );
    }

    private ControlTotals Of(bool isSetAside) => isSetAside ? totals.SetAside : totals;
}

/// <summary>What was paid beyond what was approved, by the reason.</summary>
/// <param name="Twice">Above the approved amount of requests that were paid twice.</param>
/// <param name="Over">The same of those that were overpaid.</param>
/// <param name="NotApproved">For requests that are not approved.</param>
internal sealed record PaidBeyond(decimal Twice, decimal Over, decimal NotApproved)
{
    public static PaidBeyond Of(TotalsSheet totals, string currency)
    {
        return new(Of("PaidTwice"), Of("Overpaid"), Of("PaidNotApproved"));

        decimal Of(string outcome) =>
            totals
                .Requests.Where(r => r.Currency == currency && r.Outcome == outcome)
                .Sum(r => r.Paid - r.Approved);
    }
}
