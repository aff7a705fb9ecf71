using System.Runtime.InteropServices;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Reconciliation;

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
    public static StoredTotals Read(DatabaseConnection connection, long runId)
    {
        using var decisions = connection.Prepare("total_decisions");
        using var days = connection.Prepare("total_days");
        decisions.Bind("runId", runId);
        days.Bind("runId", runId);
        return Read(decisions, days);
    }

    /// <summary>
    /// The same of those that are due in an ordinary night, before it decides them: their share of the totals of the night before.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="runId">The night.</param>
    /// <param name="known">The last import that the night before knew: currencies and amounts are as of then.</param>
    public static StoredTotals ReadDue(DatabaseConnection connection, long runId, long known)
    {
        using var decisions = connection.Prepare("due_decisions");
        using var days = connection.Prepare("due_days");
        decisions.Bind("runId", runId);
        decisions.Bind("known", known);
        days.Bind("runId", runId);
        return Read(decisions, days);
    }

    private static StoredTotals Read(Statement decisions, Statement days)
    {
        var (decided, setAside) = (new Sums(), new Sums());
        while (decisions.Read())
        {
            (decisions.Int(7) == 1 ? setAside : decided).AddDecisions(decisions);
        }

        while (days.Read())
        {
            (days.Int(1) == 1 ? setAside : decided).Booked += days.Number(0);
        }

        return decided.Totals() with
        {
            SetAside = setAside.Totals(),
        };
    }

    private sealed class Sums
    {
        private readonly Dictionary<(int RuleSet, int Subject, string Outcome), long> outcomes = [];
        private readonly Dictionary<
            (string, string),
            (long Count, decimal Approved, decimal Paid)
        > requests = [];
        private readonly Dictionary<
            (string, string),
            (long Count, decimal Amount, decimal Allocated)
        > payments = [];
        private DaysTotal days = DaysTotal.None;

        public long Booked { get; set; }

        public void AddDecisions(Statement row)
        {
            var (ruleSet, subject, outcome) = (row.Int(0), row.Int(1), row.RepeatedText(2));
            var count = row.Number(5);
            CollectionsMarshal.GetValueRefOrAddDefault(outcomes, (ruleSet, subject, outcome), out _) += count;
            switch (SqlText.ToRuleSet(ruleSet), SqlText.ToSubject(subject))
            {
                case (RuleSetName.Entitlement, _):
                    days = days.Plus(DaysTotal.Of(EntitlementValues.Read(row.Text(3))).Times(count));
                    break;
                case (RuleSetName.Reconciliation, SubjectType.PaymentRequest):
                    AddRequests((outcome, row.RepeatedText(4)), count, row.RepeatedText(3));
                    break;
                case (RuleSetName.Reconciliation, SubjectType.Payment):
                    var details = outcome == nameof(PaymentOutcome.PartlyMatched) ? row.Text(3) : "";
                    AddPayments(
                        (outcome, row.RepeatedText(4)),
                        count,
                        row.Money(6),
                        PaymentValues.ReadAllocated(details) * count
                    );
                    break;
            }
        }

        public StoredTotals Totals() =>
            new(
                [
                    .. outcomes.Select(o => new OutcomeTotal(
                        SqlText.ToRuleSet(o.Key.RuleSet),
                        SqlText.ToSubject(o.Key.Subject),
                        o.Key.Outcome,
                        o.Value
                    )),
                ],
                [
                    .. requests.Select(r => new RequestTotal(
                        r.Key.Item1,
                        r.Key.Item2,
                        r.Value.Count,
                        r.Value.Approved,
                        r.Value.Paid
                    )),
                ],
                [
                    .. payments.Select(p => new PaymentTotal(
                        p.Key.Item1,
                        p.Key.Item2,
                        p.Value.Count,
                        p.Value.Amount,
                        p.Value.Allocated
                    )),
                ],
                Booked,
                days
            );

        private void AddRequests((string, string) key, long count, string details)
        {
            var (approved, paid) = AccountValues.ReadAmounts(details);
            ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(requests, key, out _);
            total = (total.Count + count, total.Approved + approved * count, total.Paid + paid * count);
        }

        private void AddPayments((string, string) key, long count, decimal amount, decimal allocated)
        {
            ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(payments, key, out _);
            total = (total.Count + count, total.Amount + amount, total.Allocated + allocated);
        }
    }
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
/// <param name="Outcome">The outcome.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Count">How many payments.</param>
/// <param name="Paid">Their amounts.</param>
/// <param name="Allocated">Of them, what is allocated to requests where that is a part of a payment; else 0.</param>
internal sealed record PaymentTotal(
    string Outcome,
    string Currency,
    long Count,
    decimal Paid,
    decimal Allocated = 0m
);
