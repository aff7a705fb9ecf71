using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Expiry;

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
        VoucherLife life = null!;

        When()
            .Match(
                () => life,
                l => !l.Retirement.IsVoidOrCancelled,
                l => l.Voucher.RedeemedOn == null,
                l => l.Terms.BusinessDate > l.RedeemBy,
                l => l.Terms.LastRedemptionOn.Value >= l.ExpiresOn
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    life,
                    $"The voucher was not redeemed by {life.RedeemBy}, {life.LifeDays.Value} days after it was {life.AnchorEvent} on {life.Anchor}.",
                    Evidence.Of($"voucher.{life.AnchorEvent}_on", life.Anchor),
                    Evidence.Of(life.LifeDays),
                    Evidence.Of(life.Terms.Anchor)
                )
            );
    }
}
