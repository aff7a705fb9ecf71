using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>An approved request is paid within 30 days of its submission. (the programme's own term)</summary>
[Name("Payment overdue")]
[Tag("REC-OVERDUE")]
[Description("The request is approved, and nothing was paid by the day on which it should have been.")]
internal sealed class PaymentOverdue : Rule
{
    public override void Define()
    {
        RequestAccount request = null!;

        When().Match(() => request, r => r.Approved > 0, r => r.Paid == 0, r => r.BusinessDate > r.PayBy);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"{request.Approved} {request.Currency} was to be paid by {request.PayBy}, {request.PaymentDays.Value} days after the request was submitted on {request.SubmittedOn}.",
                    Evidence.Of("payment_request.submitted_on", request.SubmittedOn),
                    Evidence.Of("payment.approved", request.Approved),
                    Evidence.Of(request.PaymentDays)
                )
            );
    }
}
