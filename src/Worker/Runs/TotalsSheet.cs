using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Control totals at one moment, each list in order.</summary>
/// <param name="Outcomes">The decisions of each rule set, subject and outcome.</param>
/// <param name="Requests">The money of payment requests.</param>
/// <param name="Payments">The money of payments.</param>
/// <param name="Days">The days of all agreements.</param>
/// <param name="SetAside">
/// The same of customers that were set aside: what the decisions come to that they keep. Both together are what is
/// exported.
/// </param>
internal sealed record TotalsSheet(
    IReadOnlyList<OutcomeTotal> Outcomes,
    IReadOnlyList<RequestTotal> Requests,
    IReadOnlyList<PaymentTotal> Payments,
    DaysTotal Days,
    TotalsSheet? SetAside = null
)
{
    /// <summary>What of these and other totals of the same decisions is not the same; empty if they agree.</summary>
    public IReadOnlyList<string> DifferencesFrom(TotalsSheet database)
    {
        var here = Figures();
        var there = database.Figures();
        return
        [
            .. here
                .Keys.Union(there.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name =>
                    (Name: name, Decided: here.GetValueOrDefault(name), Stored: there.GetValueOrDefault(name))
                )
                .Where(f => f.Decided != f.Stored)
                .Select(f =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{f.Name}: {f.Decided:0.##} were decided, {f.Stored:0.##} are in the database"
                    )
                ),
        ];
    }

    private Dictionary<string, decimal> Figures()
    {
        var figures = new Dictionary<string, decimal>(StringComparer.Ordinal)
        {
            ["days granted"] = Days.Granted,
            ["days drawn"] = Days.Drawn,
            ["days returned"] = Days.Returned,
            ["days left"] = Days.Balance,
            ["days booked"] = Days.Booked,
        };
        foreach (var row in Outcomes)
        {
            figures.Add($"{row.RuleSet.Text()} of {row.Subject.Text()}, {row.Outcome}", row.Count);
        }

        foreach (var row in Requests)
        {
            figures.Add($"payment requests {row.Outcome}, {row.Currency}", row.Count);
            figures.Add($"approved {row.Currency} of requests {row.Outcome}", row.Approved);
            figures.Add($"paid {row.Currency} of requests {row.Outcome}", row.Paid);
        }

        foreach (var row in Payments)
        {
            figures.Add($"payments {row.Outcome}, {row.Currency}", row.Count);
            figures.Add($"amount {row.Currency} of payments {row.Outcome}", row.Paid);
            figures.Add($"allocated {row.Currency} of payments {row.Outcome}", row.Allocated);
        }

        foreach (var (name, figure) in SetAside?.Figures() ?? [])
        {
            figures.Add($"set aside, {name}", figure);
        }

        return figures;
    }
}
