using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>"The programme pays a fixed rate for the country and the number of days." (Planning Services process)</summary>
[Name("Amount differs from the rate")]
[Tag("PAY-AMOUNT")]
[Description("The amount asked for is not the rate.")]
internal sealed class AmountDiffers : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When()
            .Match(
                () => request,
                r => r.Rate != null,
                r => r.Currency != r.Rate!.Currency || r.Difference > r.Tolerance.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"The request asks for {request.Amount} {request.Currency}; the rate for {request.VoucherDays} days in {request.VoucherCountry} is {request.Rate!.Amount} {request.Rate!.Currency}.",
                    Evidence.Of("payment_request.amount", request.Amount),
                    Evidence.Of("payment_request.currency", request.Currency),
                    request.RateEvidence,
                    Evidence.Of(request.Tolerance)
                )
            );
    }
}
