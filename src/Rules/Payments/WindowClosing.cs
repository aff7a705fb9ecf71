using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>"The partner then has 60 days to send a payment request." (Planning Services process). The warning is the programme's own.</summary>
[Name("Last day to ask for payment is near")]
[Tag("PAY-CLOSING")]
[Description("No payment is asked for yet, and the last day is near.")]
internal sealed class WindowClosing : Rule
{
    public override void Define()
    {
        RedemptionCase redemption = null!;

        When()
            .Match(
                () => redemption,
                r => !r.IsRequested,
                r => r.BusinessDate <= r.LastDay,
                r => r.DaysLeft <= r.ClosingWarningDays.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    redemption.VoucherId,
                    $"The voucher was redeemed on {redemption.RedeemedOn}; payment must be asked for by {redemption.LastDay}.",
                    Evidence.Of("voucher.redeemed_on", redemption.RedeemedOn),
                    Evidence.Of(redemption.WindowDays),
                    Evidence.Of(redemption.ClosingWarningDays)
                )
            );
    }
}
