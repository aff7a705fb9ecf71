using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.RuleSets.Eligibility;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"A partner must hold a qualifying competency for the specific engagement." (Eligibility for Planning Services engagements, 2020-09-01)</summary>
[Name("Voucher ineligible")]
[Tag("PAY-INELIGIBLE")]
[Description("The partner was not eligible to deliver the voucher.")]
internal sealed class PartnerIneligible : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When().Match(() => submission, s => s.Eligibility == EligibilityOutcome.Ineligible);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    $"Voucher {submission.Request.VoucherId} is Ineligible.",
                    Evidence.Of("payment_request.voucher_id", submission.Request.VoucherId),
                    Evidence.Of("eligibility", submission.Eligibility)
                )
            );
    }
}
