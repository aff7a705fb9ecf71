using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Data;

/// <summary>
/// What the database says was decided, counted and summed anew at the end of a run, for comparison with what the run
/// counted while it decided. What stays for customers that the run set aside is apart, as it is there.
/// </summary>
/// <param name="Outcomes">Current decisions for each rule set, subject and outcome.</param>
/// <param name="Requests">The money of payment requests for each reconciliation outcome and currency.</param>
/// <param name="Payments">The money of payments for each reconciliation outcome and currency.</param>
/// <param name="DaysReturned">The sum of the days ledger: days given back less reversals.</param>
/// <param name="Days">The days of all agreements by their entitlement decisions; nothing booked.</param>
internal sealed record StoredTotals(
    IReadOnlyList<OutcomeTotal> Outcomes,
    IReadOnlyList<RequestTotal> Requests,
    IReadOnlyList<PaymentTotal> Payments,
    long DaysReturned,
    DaysTotal Days
)
{
    /// <summary>The same of the customers that the run set aside: what their decisions that stay come to.</summary>
    public StoredTotals? SetAside { get; private init; }

    /// <summary>Counts and sums; takes one pass over the current decisions.</summary>
    public static StoredTotals Read(DatabaseConnection connection, long runId) =>
        Read(connection, runId, "quarantine");

    /// <summary>The same with what an ordinary night is going to decide in the place of what is set aside.</summary>
    public static StoredTotals ReadDueApart(DatabaseConnection connection, long runId) =>
        Read(connection, runId, "run_due");

    /// <summary>The same with those of a run apart that a table names.</summary>
    private static StoredTotals Read(DatabaseConnection connection, long runId, string apart)
    {
        var outcomes = Rows("total_outcomes")
            .Select(row =>
                (
                    SetAside: row.Int(4) == 1,
                    Total: new OutcomeTotal(
                        SqlText.ToRuleSet(row.Int(0)),
                        SqlText.ToSubject(row.Int(1)),
                        row.Text(2),
                        row.Number(3)
                    )
                )
            )
            .ToList();
        var requests = RequestsOf(Rows("total_requests"));
        var payments = Rows("total_payments")
            .Select(row =>
                (
                    SetAside: row.Int(4) == 1,
                    Total: new PaymentTotal(row.Text(0), row.Text(1), row.Number(2), row.Money(3))
                )
            )
            .ToList();
        var booked = Rows("total_days")
            .Select(row => (SetAside: row.Int(1) == 1, Days: row.Number(0)))
            .ToList();
        var entitlements = Rows("total_entitlements")
            .Select(row =>
                (
                    SetAside: row.Int(2) == 1,
                    Days: DaysTotal.Of(EntitlementValues.Read(row.Text(0))).Times(row.Number(1))
                )
            )
            .ToList();
        return Part(setAside: false) with { SetAside = Part(setAside: true) };

        StoredTotals Part(bool setAside) =>
            new(
                [.. outcomes.Where(o => o.SetAside == setAside).Select(o => o.Total)],
                [.. requests.Where(r => r.SetAside == setAside).Select(r => r.Total)],
                [.. payments.Where(p => p.SetAside == setAside).Select(p => p.Total)],
                booked.Where(b => b.SetAside == setAside).Sum(b => b.Days),
                entitlements
                    .Where(e => e.SetAside == setAside)
                    .Aggregate(DaysTotal.None, (sum, e) => sum.Plus(e.Days))
            );

        IEnumerable<Statement> Rows(string query)
        {
            using var rows = connection.PrepareText(
                connection
                    .Database.Query(query)
                    .Replace("JOIN quarantine ", $"JOIN {apart} ", StringComparison.Ordinal)
            );
            rows.Bind("runId", runId);
            while (rows.Read())
            {
                yield return rows;
            }
        }
    }

    private static List<(bool SetAside, RequestTotal Total)> RequestsOf(IEnumerable<Statement> rows) =>
        rows.Select(row =>
                (
                    Outcome: row.Text(0),
                    Currency: row.Text(1),
                    Money: AccountValues.ReadAmounts(row.Text(2)),
                    Count: row.Number(3),
                    SetAside: row.Int(4) == 1
                )
            )
            .GroupBy(row => (row.SetAside, row.Outcome, row.Currency))
            .Select(same =>
                (
                    same.Key.SetAside,
                    Total: new RequestTotal(
                        same.Key.Outcome,
                        same.Key.Currency,
                        same.Sum(row => row.Count),
                        same.Sum(row => row.Money.Approved * row.Count),
                        same.Sum(row => row.Money.Paid * row.Count)
                    )
                )
            )
            .ToList();
}

/// <summary>How many current decisions of a rule set have an outcome.</summary>
internal sealed record OutcomeTotal(RuleSetName RuleSet, SubjectType Subject, string Outcome, long Count);

/// <summary>The money of the payment requests with one reconciliation outcome, in one currency.</summary>
internal sealed record RequestTotal(
    string Outcome,
    string Currency,
    long Count,
    decimal Approved,
    decimal Paid
);

/// <summary>The money of the payments with one reconciliation outcome, in one currency.</summary>
internal sealed record PaymentTotal(string Outcome, string Currency, long Count, decimal Paid);
