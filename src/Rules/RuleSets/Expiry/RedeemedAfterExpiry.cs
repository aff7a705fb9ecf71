using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Expiry;

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
        VoucherLife life = null!;

        When()
            .Match(
                () => life,
                l => !l.Retirement.IsVoidOrCancelled,
                l => l.Voucher.RedeemedOn != null,
                l => l.Voucher.RedeemedOn > l.RedeemBy
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    life,
                    $"The voucher was redeemed on {life.Voucher.RedeemedOn}; its last day was {life.RedeemBy}.",
                    Evidence.Of("voucher.redeemed_on", life.Voucher.RedeemedOn),
                    Evidence.Of($"voucher.{life.AnchorEvent}_on", life.Anchor),
                    Evidence.Of(life.LifeDays),
                    Evidence.Of(life.Terms.LastRedemptionOn),
                    Evidence.Of(life.Terms.Anchor)
                )
            );
    }
}
