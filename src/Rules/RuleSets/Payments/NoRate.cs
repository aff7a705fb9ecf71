using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"The programme pays a fixed rate for the country and the number of days." (Planning Services process)</summary>
[Name("No rate")]
[Tag("PAY-NO-RATE")]
[Description("There is no rate for the voucher's country and days on the day of redemption.")]
internal sealed class NoRate : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When().Match(() => submission, s => s.RedeemedOn != null, s => s.Rate == null);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    $"There is no rate for {Count.Of(submission.Voucher!.Days, "day")} in {submission.Voucher.Country} on {submission.RedeemedOn}, the day of redemption.",
                    Evidence.Of("voucher.country", submission.Voucher.Country),
                    Evidence.Of("voucher.days", submission.Voucher.Days),
                    Evidence.Of("voucher.redeemed_on", submission.RedeemedOn)
                )
            );
    }
}
