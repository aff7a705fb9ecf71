using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Expiry;

/// <summary>
/// "Reservation, delivery and redemption must all be done within 180 days, before the voucher expires." (Software
/// Assurance Planning Services retirement, 2021-04-07). The warning bands are the programme's own.
/// </summary>
[Name("Expires soon")]
[Tag("EXP-SOON")]
[Description("The voucher is not redeemed, and its last day is near.")]
internal sealed class ExpiresSoon : Rule
{
    public override void Define()
    {
        ExpiryCase voucher = null!;

        When()
            .Match(
                () => voucher,
                v => !v.IsStopped,
                v => v.ValidlyRedeemedOn == null,
                v => v.BusinessDate <= v.RedeemBy,
                v => v.WarningBand != null
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    voucher.VoucherId,
                    $"The voucher must be redeemed by {voucher.RedeemBy}; {voucher.WarningBand} days or less are left.",
                    Evidence.Of($"voucher.{voucher.AnchorEvent}_on", voucher.Anchor),
                    Evidence.Of(voucher.LifeDays),
                    Evidence.Of(voucher.LastRedemptionOn),
                    Evidence.Of(voucher.AnchorPolicy),
                    Evidence.Of(voucher.WarningBands)
                )
            );
    }
}
