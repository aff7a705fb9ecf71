using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"The partner then has 60 days to send a payment request." (Planning Services process)</summary>
[Name("Payment not asked for in time")]
[Tag("PAY-LAPSED")]
[Description("No payment was asked for by the last day.")]
internal sealed class RequestLapsed : Rule
{
    public override void Define()
    {
        Redemption redemption = null!;

        When().Match(() => redemption, r => r.RequestInTime == null, r => r.Terms.BusinessDate > r.LastDay);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    redemption,
                    $"The voucher was redeemed on {redemption.RedeemedOn}, and no payment was asked for by {redemption.LastDay}.",
                    Evidence.Of("voucher.redeemed_on", redemption.RedeemedOn),
                    Evidence.Of(redemption.WindowDays)
                )
            );
    }
}
