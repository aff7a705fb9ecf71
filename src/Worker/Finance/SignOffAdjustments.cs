using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Finance;

/// <summary>What corrections after a sign-off would make of its figures.</summary>
/// <param name="KnowledgePoint">The last import that is known now.</param>
/// <param name="Money">By how much the money of a currency differs; only those in which it does.</param>
/// <param name="Lines">The requests and payments whose reconciliation is another, requests first, by their ids.</param>
/// <param name="Undecided">Customers and partners that cannot be decided from the facts known now.</param>
internal sealed record SignOffAdjustments(
    long KnowledgePoint,
    IReadOnlyList<MoneyAdjustment> Money,
    IReadOnlyList<Adjustment> Lines,
    int Undecided
)
{
    /// <summary>Whether the figures known now are those that were signed.</summary>
    public bool AreNone => Money.Count == 0 && Lines.Count == 0;

    /// <summary>Of the decisions that are others now.</summary>
    /// <param name="finance">The requests and payments as they were signed.</param>
    /// <param name="night">The night that was signed.</param>
    /// <param name="known">The last import that is known now.</param>
    /// <param name="changes">The decisions that are others now.</param>
    /// <param name="now">The night, decided again with what is known now.</param>
    public static SignOffAdjustments Of(
        FinanceDesk finance,
        FinanceNight night,
        long known,
        IReadOnlyList<DecisionChange> changes,
        RunReport now
    )
    {
        var after = changes
            .Where(c => c.Decision.RuleSet == RuleSetName.Reconciliation)
            .GroupBy(c => (c.Decision.Subject, c.Decision.SubjectId))
            // A subject of another customer ends there, and is decided here.
            .ToDictionary(
                g => g.Key,
                g => g.Where(c => c.Kind != ChangeKind.Ended).Select(Now).FirstOrDefault()
            );
        var lines = new List<Adjustment>();
        foreach (var line in finance.Requests(night))
        {
            Add(
                SubjectType.PaymentRequest,
                line.RequestId,
                new(line.Currency, line.Outcome, line.Approved, line.Paid, line.Due)
            );
        }

        foreach (var line in finance.Payments(night))
        {
            Add(SubjectType.Payment, line.PaymentId, new(line.Currency, line.Outcome, 0m, line.Amount, 0m));
        }

        lines.AddRange(
            after
                .Where(a => a.Value is not null)
                .Select(a => new Adjustment(a.Key.Subject, a.Key.SubjectId, null, a.Value))
        );
        return new(
            known,
            MoneyAdjustment.Between(night.Totals, now.Totals),
            [.. lines.OrderBy(l => l.Subject).ThenBy(l => l.SubjectId, StringComparer.Ordinal)],
            now.Quarantined.Count
        );

        void Add(SubjectType subject, string id, Standing signed)
        {
            if (after.Remove((subject, id), out var standing))
            {
                lines.Add(new(subject, id, signed, standing));
            }
        }
    }

    private static Standing? Now(DecisionChange change) =>
        change.Decision switch
        {
            { Values: AccountValues v, Outcome: var outcome } => new(
                v.Currency,
                outcome,
                v.Approved,
                v.Paid,
                outcome
                    is nameof(AccountOutcome.Due)
                        or nameof(AccountOutcome.Overdue)
                        or nameof(AccountOutcome.PartlyPaid)
                    ? v.Approved - v.Paid
                    : 0m
            ),
            { Values: PaymentValues v, Outcome: var outcome } => new(v.Currency, outcome, 0m, v.Amount, 0m),
            _ => null,
        };
}

/// <summary>Where a request or a payment stands.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Outcome">The outcome of its reconciliation.</param>
/// <param name="Approved">What is approved for it; 0 for payments.</param>
/// <param name="Paid">What is paid for it; for payments, what they are.</param>
/// <param name="Due">What is due for it; 0 for payments.</param>
internal sealed record Standing(string Currency, string Outcome, decimal Approved, decimal Paid, decimal Due);

/// <summary>A request or a payment whose reconciliation is another now.</summary>
/// <param name="Subject">Payment request, or payment.</param>
/// <param name="SubjectId">Its id.</param>
/// <param name="Signed">As it was signed; absent where it was not known.</param>
/// <param name="Now">As it would be; absent where it would not be decided.</param>
internal sealed record Adjustment(SubjectType Subject, string SubjectId, Standing? Signed, Standing? Now);

/// <summary>By how much the money of one currency differs; less than 0 for less.</summary>
internal sealed record MoneyAdjustment(
    string Currency,
    decimal Approved,
    decimal PaidAsApproved,
    decimal Due,
    decimal PaidBeyond,
    decimal Matched,
    decimal Unmatched,
    decimal Mismatched
)
{
    public static IReadOnlyList<MoneyAdjustment> Between(TotalsSheet signed, TotalsSheet now)
    {
        var before = MoneyBalance.Of(signed).ToDictionary(m => m.Currency, StringComparer.Ordinal);
        var after = MoneyBalance.Of(now).ToDictionary(m => m.Currency, StringComparer.Ordinal);
        return
        [
            .. before
                .Keys.Union(after.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(currency =>
                {
                    var (one, other) = (
                        before.GetValueOrDefault(currency),
                        after.GetValueOrDefault(currency)
                    );
                    return new MoneyAdjustment(
                        currency,
                        By(m => m.Approved),
                        By(m => m.PaidAsApproved),
                        By(m => m.StillDue + m.PartlyUnpaid),
                        By(m => m.PaidBeyond),
                        By(m => m.Matched),
                        By(m => m.Unmatched),
                        By(m => m.Mismatched)
                    );

                    decimal By(Func<MoneyBalance, decimal> amount) =>
                        (other is null ? 0m : amount(other)) - (one is null ? 0m : amount(one));
                })
                .Where(m => m != new MoneyAdjustment(m.Currency, 0m, 0m, 0m, 0m, 0m, 0m, 0m)),
        ];
    }
}
