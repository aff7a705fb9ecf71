using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Payments;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>Only what was approved is paid. (Planning Services process)</summary>
[Name("Paid but not approved")]
[Tag("REC-NOT-APPROVED")]
[Description("Money was paid for a request that is not Approved.")]
internal sealed class PaidNotApproved : Rule
{
    public override void Define()
    {
        RequestAccount request = null!;

        When().Match(() => request, r => r.Paid > 0, r => r.Outcome != RequestOutcome.Approved);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"{request.Paid} {request.Currency} was paid for the request, which is {request.Outcome}.",
                    Evidence.Of("payment", request.Outcome),
                    Evidence.Of("payments", request.PaymentIds),
                    Evidence.Of("payments.sum", request.Paid)
                )
            );
    }
}
