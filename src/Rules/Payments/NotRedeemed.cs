using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>"The partner redeems the voucher, and then has 60 days to send a payment request." (Planning Services process)</summary>
[Name("Voucher not redeemed")]
[Tag("PAY-NOT-REDEEMED")]
[Description("The voucher was not validly redeemed when the request was submitted.")]
internal sealed class NotRedeemed : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When().Match(() => request, r => r.RedeemedOn == null || r.RedeemedOn > r.SubmittedOn);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    WhatIsMissing(request),
                    Evidence.Of("payment_request.voucher_id", request.VoucherId),
                    Evidence.Of("payment_request.submitted_on", request.SubmittedOn),
                    Evidence.Of("voucher.redeemed_on", request.ClaimedRedeemedOn),
                    Evidence.Of("expiry.redeem_by", request.RedeemBy)
                )
            );
    }

    private static FormattableString WhatIsMissing(RequestCase request) =>
        request switch
        {
            { VoucherExists: false } => $"Voucher {request.VoucherId} does not exist yet.",
            { ClaimedRedeemedOn: null } => $"Voucher {request.VoucherId} is not redeemed.",
            { RedeemedOn: null } =>
                $"Voucher {request.VoucherId} was redeemed on {request.ClaimedRedeemedOn}, after its last day {request.RedeemBy}.",
            _ =>
                $"Voucher {request.VoucherId} was redeemed on {request.RedeemedOn}, after the request was submitted on {request.SubmittedOn}.",
        };
}
