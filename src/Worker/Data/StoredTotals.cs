using Dapper;
using Microsoft.Data.Sqlite;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Worker.Data;

/// <summary>
/// What the database says was decided, counted and summed anew at the end of a run, for comparison with what the run
/// counted while it decided. Customers that the run set aside are left out, as they are there.
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
    private const string OutcomesSql = """
        SELECT rule_set, subject_type, outcome, count(*) FROM decision
        WHERE customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
        GROUP BY rule_set, subject_type, outcome ORDER BY rule_set, subject_type, outcome
        """;

    // Details of a request read 'approved=1600.00;paid=0.00' (then perhaps ';band=31-60'); without the points
    // the amounts are whole cents.
    private const string RequestsSql = """
        WITH request_decision AS (
            SELECT d.outcome, q.currency, replace(d.details, '.', '') AS cents
            FROM decision d JOIN payment_request q ON q.request_id = d.subject_id
            WHERE d.rule_set = 6 AND d.subject_type = 3
              AND d.customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
        )
        SELECT outcome, currency, count(*),
               sum(CAST(substr(cents, length('approved=') + 1) AS INTEGER)),
               sum(CAST(substr(cents, instr(cents, ';paid=') + length(';paid=')) AS INTEGER))
        FROM request_decision GROUP BY outcome, currency ORDER BY outcome, currency
        """;

    private const string PaymentsSql = """
        SELECT d.outcome, p.currency, count(*), sum(p.amount_cents)
        FROM decision d JOIN payment p ON p.payment_id = d.subject_id
        WHERE d.rule_set = 6 AND d.subject_type = 4
          AND d.customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
        GROUP BY d.outcome, p.currency ORDER BY d.outcome, p.currency
        """;

    private const string EntitlementsSql = """
        SELECT details FROM decision
        WHERE rule_set = 3 AND customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
        """;

    private const string DaysSql = """
        SELECT coalesce(sum(l.days), 0) FROM days_ledger l JOIN agreement a ON a.agreement_id = l.agreement_id
        WHERE a.customer_id NOT IN (SELECT customer_id FROM quarantine WHERE run_id = @runId)
        """;

    /// <summary>Counts and sums; takes one pass over the current decisions.</summary>
    public static StoredTotals Read(SqliteConnection connection, long runId)
    {
        return new(
            [
                .. connection
                    .Query<(long RuleSet, long Subject, string Outcome, long Count)>(
                        OutcomesSql,
                        new { runId }
                    )
                    .Select(o => new OutcomeTotal(
                        SqlText.ToRuleSet((int)o.RuleSet),
                        SqlText.ToSubject((int)o.Subject),
                        o.Outcome,
                        o.Count
                    )),
            ],
            [
                .. connection
                    .Query<(string Outcome, string Currency, long Count, long Approved, long Paid)>(
                        RequestsSql,
                        new { runId }
                    )
                    .Select(r => new RequestTotal(
                        r.Outcome,
                        r.Currency,
                        r.Count,
                        r.Approved / 100m,
                        r.Paid / 100m
                    )),
            ],
            [
                .. connection
                    .Query<(string Outcome, string Currency, long Count, long Paid)>(
                        PaymentsSql,
                        new { runId }
                    )
                    .Select(p => new PaymentTotal(p.Outcome, p.Currency, p.Count, p.Paid / 100m)),
            ],
            connection.ExecuteScalar<long>(DaysSql, new { runId }),
            connection
                .Query<string>(EntitlementsSql, new { runId }, buffered: false)
                .Aggregate(DaysTotal.None, (sum, details) => sum.Plus(DaysTotal.Of(details)))
        );
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
internal sealed record PaymentTotal(string Outcome, string Currency, long Count, decimal Paid);
