using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Expiry;

/// <summary>
/// "2022-01-01: last day to redeem a voucher." (Software Assurance Planning Services retirement, 2021-04-07)
/// </summary>
[Name("Not redeemed before the programme ended")]
[Tag("EXP-PROGRAM-END")]
[Description(
    "The voucher was not redeemed by the last day of the programme, which came before the end of its life."
)]
internal sealed class ProgramEnded : Rule
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
                l => l.Terms.LastRedemptionOn.Value < l.ExpiresOn
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    life,
                    $"The voucher was not redeemed by {life.RedeemBy}, the last day of the programme; its own life would have lasted until {life.ExpiresOn}.",
                    Evidence.Of($"voucher.{life.AnchorEvent}_on", life.Anchor),
                    Evidence.Of(life.Terms.LastRedemptionOn),
                    Evidence.Of(life.LifeDays),
                    Evidence.Of(life.Terms.Anchor)
                )
            );
    }
}
