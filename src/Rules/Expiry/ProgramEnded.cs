using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Expiry;

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
        ExpiryCase voucher = null!;

        When()
            .Match(
                () => voucher,
                v => !v.IsStopped,
                v => v.RedeemedOn == null,
                v => v.BusinessDate > v.RedeemBy,
                v => v.LastRedemptionOn.Value < v.ExpiresOn
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    voucher.VoucherId,
                    $"The voucher was not redeemed by {voucher.RedeemBy}, the last day of the programme; its own life would have lasted until {voucher.ExpiresOn}.",
                    Evidence.Of($"voucher.{voucher.AnchorEvent}_on", voucher.Anchor),
                    Evidence.Of(voucher.LastRedemptionOn),
                    Evidence.Of(voucher.LifeDays),
                    Evidence.Of(voucher.AnchorPolicy)
                )
            );
    }
}
