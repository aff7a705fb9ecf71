using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Retirement;

/// <summary>
/// "2022-01-01: last day to redeem a voucher." (Software Assurance Planning Services retirement, 2021-04-07)
/// </summary>
[Name("Redeemed after the last day of the programme")]
[Tag("RET-REDEEMED-LATE")]
[Description("The voucher was redeemed after the last day on which the programme takes redemptions.")]
internal sealed class RedeemedLate : Rule
{
    public override void Define()
    {
        RetirementCase retirement = null!;

        When()
            .Match(
                () => retirement,
                r => r.Voucher.CancelledOn == null,
                r => r.Voucher.RedeemedOn > r.Terms.LastRedemptionOn.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    retirement,
                    $"The voucher was redeemed on {retirement.Voucher.RedeemedOn}; the last day to redeem one was {retirement.Terms.LastRedemptionOn.Value}.",
                    Evidence.Of("voucher.redeemed_on", retirement.Voucher.RedeemedOn),
                    Evidence.Of(retirement.Terms.LastRedemptionOn)
                )
            );
    }
}
