using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>"The programme pays a fixed rate": no less than that. (Planning Services process)</summary>
[Name("Partly paid")]
[Tag("REC-PARTLY-PAID")]
[Description("Less was paid than approved.")]
internal sealed class PartlyPaid : Rule
{
    public override void Define()
    {
        RequestAccount request = null!;

        When().Match(() => request, r => r.Paid > 0, r => r.Paid < r.Approved);
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
