using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>A request is paid in its currency. (Planning Services process)</summary>
[Name("Paid in another currency")]
[Tag("REC-CURRENCY")]
[Description("The payment is in another currency than its request.")]
internal sealed class PaidInAnotherCurrency : Rule
{
    public override void Define()
    {
        PaymentMatch match = null!;

        When().Match(() => match, m => m.Request != null, m => m.Payment.Currency != m.Request!.Currency);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    match,
                    $"{match.Payment.Amount} {match.Payment.Currency} was paid; request {match.Request!.RequestId} is in {match.Request!.Currency}.",
                    Evidence.Of("payment.amount", match.Payment.Amount),
                    Evidence.Of("payment.currency", match.Payment.Currency),
                    Evidence.Of("payment_request.currency", match.Request!.Currency)
                )
            );
    }
}
