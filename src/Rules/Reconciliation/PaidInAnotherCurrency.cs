using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>A request is paid in its currency. (Planning Services process)</summary>
[Name("Paid in another currency")]
[Tag("REC-CURRENCY")]
[Description("The payment is in another currency than its request.")]
internal sealed class PaidInAnotherCurrency : Rule
{
    public override void Define()
    {
        PaymentMatch payment = null!;

        When().Match(() => payment, p => p.Request != null, p => p.Currency != p.Request!.Currency);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    payment.PaymentId,
                    $"{payment.Amount} {payment.Currency} was paid; request {payment.Request!.RequestId} is in {payment.Request!.Currency}.",
                    Evidence.Of("payment.amount", payment.Amount),
                    Evidence.Of("payment.currency", payment.Currency),
                    Evidence.Of("payment_request.currency", payment.Request!.Currency)
                )
            );
    }
}
