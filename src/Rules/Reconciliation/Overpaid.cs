using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Payments;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>"The programme pays a fixed rate": no more than that. (Planning Services process)</summary>
[Name("Overpaid")]
[Tag("REC-OVERPAID")]
[Description("More was paid than approved.")]
internal sealed class Overpaid : Rule
{
    public override void Define()
    {
        RequestAccount request = null!;

        When()
            .Match(
                () => request,
                r => r.Outcome == RequestOutcome.Approved,
                r => !r.IsPaidTwice,
                r => r.Paid > r.Approved
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"{request.Paid} {request.Currency} was paid; {request.Approved} was approved.",
                    Evidence.Of("payment.approved", request.Approved),
                    Evidence.Of("payments", request.PaymentIds),
                    Evidence.Of("payments.sum", request.Paid)
                )
            );
    }
}
