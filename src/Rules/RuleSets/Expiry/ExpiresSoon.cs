using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Expiry;

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
        VoucherLife life = null!;

        When()
            .Match(
                () => life,
                l => !l.Retirement.IsVoidOrCancelled,
                l => l.ValidlyRedeemedOn == null,
                l => l.Terms.BusinessDate <= l.RedeemBy,
                l => l.WarningBand != null
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    life,
                    $"The voucher must be redeemed by {life.RedeemBy}; {life.WarningBand} days or less are left.",
                    Evidence.Of($"voucher.{life.AnchorEvent}_on", life.Anchor),
                    Evidence.Of(life.LifeDays),
                    Evidence.Of(life.Terms.LastRedemptionOn),
                    Evidence.Of(life.Terms.Anchor),
                    Evidence.Of(life.Terms.WarningBands)
                )
            );
    }
}
