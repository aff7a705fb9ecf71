using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Payments;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>A redemption is paid once. (Planning Services process)</summary>
[Name("Paid more than once")]
[Tag("REC-PAID-TWICE")]
[Description("The approved amount was paid two or more times.")]
internal sealed class PaidTwice : Rule
{
    public override void Define()
    {
        RequestAccount request = null!;

        When().Match(() => request, r => r.Outcome == RequestOutcome.Approved, r => r.IsPaidTwice);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"The approved amount of {request.Approved} {request.Currency} was paid {request.FullPayments} times.",
                    Evidence.Of("payment.approved", request.Approved),
                    Evidence.Of("payments", request.PaymentIds),
                    Evidence.Of("payments.sum", request.Paid)
                )
            );
    }
}
