using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"Report and deliverable are in before redemption." (Planning Services policy)</summary>
[Name("Report or deliverable missing at redemption")]
[Tag("PAY-DELIVERABLES")]
[Description("The completion report or the customer deliverable was not in when the voucher was redeemed.")]
internal sealed class DeliverablesMissing : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When()
            .Match(
                () => submission,
                s => s.RedeemedOn != null,
                s =>
                    s.Voucher!.CompletionReportOn == null
                    || s.Voucher.CompletionReportOn > s.RedeemedOn
                    || s.Voucher.DeliverableOn == null
                    || s.Voucher.DeliverableOn > s.RedeemedOn
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    $"When voucher {submission.Request.VoucherId} was redeemed on {submission.RedeemedOn}, {WhatIsMissing(submission)}.",
                    Evidence.Of("voucher.redeemed_on", submission.RedeemedOn),
                    Evidence.Of("voucher.completion_report_on", submission.Voucher!.CompletionReportOn),
                    Evidence.Of("voucher.deliverable_on", submission.Voucher.DeliverableOn)
                )
            );
    }

    private static string WhatIsMissing(Submission submission) =>
        (
            submission.Voucher!.CompletionReportOn <= submission.RedeemedOn,
            submission.Voucher.DeliverableOn <= submission.RedeemedOn
        ) switch
        {
            (true, _) => "the customer deliverable was not in",
            (_, true) => "the completion report was not in",
            _ => "neither the completion report nor the customer deliverable was in",
        };
}
