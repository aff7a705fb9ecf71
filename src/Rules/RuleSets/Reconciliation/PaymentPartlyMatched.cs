using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>All of a payment is for requests. (the programme's own term)</summary>
[Name("Payment partly matched")]
[Tag("REC-PARTLY-MATCHED")]
[Description("The allocations that count are for a part of the payment only.")]
internal sealed class PaymentPartlyMatched : Rule
{
    public override void Define()
    {
        PaymentMatch match = null!;

        When().Match(() => match, m => m.Allocated > 0, m => m.Allocated < m.Payment.Amount);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    match,
                    $"{match.Allocated} of {match.Payment.Amount} {match.Payment.Currency} are allocated to requests; {match.Payment.Amount - match.Allocated} are not.",
                    Evidence.Of("payment.amount", match.Payment.Amount),
                    Evidence.Of("payment.allocated", match.Allocated)
                )
            );
    }
}
