using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>"Report and deliverable are in before redemption." (Planning Services policy)</summary>
[Name("Report or deliverable missing at redemption")]
[Tag("PAY-DELIVERABLES")]
[Description("The completion report or the customer deliverable was not in when the voucher was redeemed.")]
internal sealed class DeliverablesMissing : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When()
            .Match(
                () => request,
                r => r.RedeemedOn != null,
                r =>
                    r.CompletionReportOn == null
                    || r.CompletionReportOn > r.RedeemedOn
                    || r.DeliverableOn == null
                    || r.DeliverableOn > r.RedeemedOn
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"When voucher {request.VoucherId} was redeemed on {request.RedeemedOn}, {WhatIsMissing(request)}.",
                    Evidence.Of("voucher.redeemed_on", request.RedeemedOn),
                    Evidence.Of("voucher.completion_report_on", request.CompletionReportOn),
                    Evidence.Of("voucher.deliverable_on", request.DeliverableOn)
                )
            );
    }

    private static string WhatIsMissing(RequestCase request) =>
        (request.CompletionReportOn <= request.RedeemedOn, request.DeliverableOn <= request.RedeemedOn) switch
        {
            (true, _) => "the customer deliverable was not in",
            (_, true) => "the completion report was not in",
            _ => "neither the completion report nor the customer deliverable was in",
        };
}
