using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Expiry;

/// <summary>
/// "Reservation, delivery and redemption must all be done within 180 days, before the voucher expires." (Software
/// Assurance Planning Services retirement, 2021-04-07)
/// </summary>
[Name("Redeemed after the voucher expired")]
[Tag("EXP-REDEEMED-LATE")]
[Description("The voucher expired, and was redeemed only afterwards.")]
internal sealed class RedeemedAfterExpiry : Rule
{
    public override void Define()
    {
        ExpiryCase voucher = null!;

        When()
            .Match(
                () => voucher,
                v => !v.IsStopped,
                v => v.RedeemedOn != null,
                v => v.RedeemedOn > v.RedeemBy
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    voucher.VoucherId,
                    $"The voucher was redeemed on {voucher.RedeemedOn}; its last day was {voucher.RedeemBy}.",
                    Evidence.Of("voucher.redeemed_on", voucher.RedeemedOn),
                    Evidence.Of($"voucher.{voucher.AnchorEvent}_on", voucher.Anchor),
                    Evidence.Of(voucher.LifeDays),
                    Evidence.Of(voucher.LastRedemptionOn),
                    Evidence.Of(voucher.AnchorPolicy)
                )
            );
    }
}
