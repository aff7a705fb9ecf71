using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"The partner then has 60 days to send a payment request." (Planning Services process). The warning is the programme's own.</summary>
[Name("Last day to ask for payment is near")]
[Tag("PAY-CLOSING")]
[Description("No payment is asked for yet, and the last day is near.")]
internal sealed class WindowClosing : Rule
{
    public override void Define()
    {
        Redemption redemption = null!;

        When()
            .Match(
                () => redemption,
                r => r.RequestInTime == null,
                r => r.Terms.BusinessDate <= r.LastDay,
                r => r.DaysLeft <= r.Terms.ClosingWarningDays.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    redemption,
                    $"The voucher was redeemed on {redemption.RedeemedOn}; payment must be asked for by {redemption.LastDay}.",
                    Evidence.Of("voucher.redeemed_on", redemption.RedeemedOn),
                    Evidence.Of(redemption.WindowDays),
                    Evidence.Of(redemption.Terms.ClosingWarningDays)
                )
            );
    }
}
