using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"The programme pays a fixed rate for the country and the number of days." (Planning Services process)</summary>
[Name("Amount differs from the rate")]
[Tag("PAY-AMOUNT")]
[Description("The amount asked for is not the rate.")]
internal sealed class AmountDiffers : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When()
            .Match(
                () => submission,
                s => s.Rate != null,
                s => s.Request.Currency != s.Rate!.Currency || s.Difference > s.Terms.Tolerance.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    $"The request asks for {submission.Request.Amount} {submission.Request.Currency}; the rate for {Count.Of(submission.Voucher!.Days, "day")} in {submission.Voucher.Country} is {submission.Rate!.Amount} {submission.Rate.Currency}.",
                    Evidence.Of("payment_request.amount", submission.Request.Amount),
                    Evidence.Of("payment_request.currency", submission.Request.Currency),
                    submission.RateEvidence,
                    Evidence.Of(submission.Terms.Tolerance)
                )
            );
    }
}
