using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Expiry;

/// <summary>
/// "Once created/assigned, reservation, delivery and redemption must all be done within 180 days, before the voucher
/// expires." (Software Assurance Planning Services retirement, 2021-04-07)
/// </summary>
[Name("Not redeemed within its life")]
[Tag("EXP-LIFE")]
[Description("The voucher was not redeemed by the last day of its life.")]
internal sealed class LifeEnded : Rule
{
    public override void Define()
    {
        ExpiryCase voucher = null!;

        When()
            .Match(
                () => voucher,
                v => !v.IsStopped,
                v => v.RedeemedOn == null,
                v => v.BusinessDate > v.RedeemBy,
                v => v.LastRedemptionOn.Value >= v.ExpiresOn
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    voucher.VoucherId,
                    $"The voucher was not redeemed by {voucher.RedeemBy}, {voucher.LifeDays.Value} days after it was {voucher.AnchorEvent} on {voucher.Anchor}.",
                    Evidence.Of($"voucher.{voucher.AnchorEvent}_on", voucher.Anchor),
                    Evidence.Of(voucher.LifeDays),
                    Evidence.Of(voucher.AnchorPolicy)
                )
            );
    }
}
