using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"The partner then has 60 days to send a payment request." (Planning Services process)</summary>
[Name("Request submitted too late")]
[Tag("PAY-WINDOW")]
[Description("The request was submitted after the last day to ask for payment.")]
internal sealed class SubmittedLate : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When().Match(() => submission, s => s.LastDay != null, s => s.Request.SubmittedOn > s.LastDay);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    $"The request was submitted on {submission.Request.SubmittedOn}; the voucher was redeemed on {submission.RedeemedOn}, and the last day to ask for payment was {submission.LastDay}.",
                    Evidence.Of("payment_request.submitted_on", submission.Request.SubmittedOn),
                    Evidence.Of("voucher.redeemed_on", submission.RedeemedOn),
                    Evidence.Of(submission.WindowDays!)
                )
            );
    }
}
