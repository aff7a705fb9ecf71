using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Retirement;

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
        RetirementCase voucher = null!;

        When().Match(() => voucher, v => v.CancelledOn == null, v => v.RedeemedOn > v.LastRedemptionOn.Value);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    voucher.VoucherId,
                    $"The voucher was redeemed on {voucher.RedeemedOn}; the last day to redeem one was {voucher.LastRedemptionOn.Value}.",
                    Evidence.Of("voucher.redeemed_on", voucher.RedeemedOn),
                    Evidence.Of(voucher.LastRedemptionOn)
                )
            );
    }
}
