using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"The partner redeems the voucher, and then has 60 days to send a payment request." (Planning Services process)</summary>
[Name("Voucher not redeemed")]
[Tag("PAY-NOT-REDEEMED")]
[Description("The voucher was not validly redeemed when the request was submitted.")]
internal sealed class NotRedeemed : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When().Match(() => submission, s => s.RedeemedOn == null || s.RedeemedOn > s.Request.SubmittedOn);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    WhatIsMissing(submission),
                    Evidence.Of("payment_request.voucher_id", submission.Request.VoucherId),
                    Evidence.Of("payment_request.submitted_on", submission.Request.SubmittedOn),
                    Evidence.Of("voucher.redeemed_on", submission.ClaimedRedeemedOn),
                    Evidence.Of("expiry.redeem_by", submission.RedeemBy)
                )
            );
    }

    private static FormattableString WhatIsMissing(Submission submission) =>
        submission switch
        {
            { Voucher: null } => $"Voucher {submission.Request.VoucherId} does not exist yet.",
            { ClaimedRedeemedOn: null } => $"Voucher {submission.Request.VoucherId} is not redeemed.",
            { RedeemedOn: null } =>
                $"Voucher {submission.Request.VoucherId} was redeemed on {submission.ClaimedRedeemedOn}, after its last day {submission.RedeemBy}.",
            _ =>
                $"Voucher {submission.Request.VoucherId} was redeemed on {submission.RedeemedOn}, after the request was submitted on {submission.Request.SubmittedOn}.",
        };
}
