using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Eligibility;

namespace PlanningServices.Rules.Payments;

/// <summary>"A partner must hold a qualifying competency for the specific engagement." (Eligibility for Planning Services engagements, 2020-09-01)</summary>
[Name("Voucher ineligible")]
[Tag("PAY-INELIGIBLE")]
[Description("The partner was not eligible to deliver the voucher.")]
internal sealed class PartnerIneligible : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When().Match(() => request, r => r.Eligibility == EligibilityOutcome.Ineligible);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"Voucher {request.VoucherId} is Ineligible.",
                    Evidence.Of("payment_request.voucher_id", request.VoucherId),
                    Evidence.Of("eligibility", request.Eligibility)
                )
            );
    }
}
