using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>"The partner then has 60 days to send a payment request." (Planning Services process)</summary>
[Name("Request submitted too late")]
[Tag("PAY-WINDOW")]
[Description("The request was submitted after the last day to ask for payment.")]
internal sealed class SubmittedLate : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When().Match(() => request, r => r.LastDay != null, r => r.SubmittedOn > r.LastDay);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"The request was submitted on {request.SubmittedOn}; the voucher was redeemed on {request.RedeemedOn}, and the last day to ask for payment was {request.LastDay}.",
                    Evidence.Of("payment_request.submitted_on", request.SubmittedOn),
                    Evidence.Of("voucher.redeemed_on", request.RedeemedOn),
                    Evidence.Of(request.WindowDays!)
                )
            );
    }
}
