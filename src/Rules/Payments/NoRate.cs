using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>"The programme pays a fixed rate for the country and the number of days." (Planning Services process)</summary>
[Name("No rate")]
[Tag("PAY-NO-RATE")]
[Description("There is no rate for the voucher's country and days on the day of redemption.")]
internal sealed class NoRate : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When().Match(() => request, r => r.RedeemedOn != null, r => r.Rate == null);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"There is no rate for {request.VoucherDays} days in {request.VoucherCountry} on {request.RedeemedOn}, the day of redemption.",
                    Evidence.Of("voucher.country", request.VoucherCountry),
                    Evidence.Of("voucher.days", request.VoucherDays),
                    Evidence.Of("voucher.redeemed_on", request.RedeemedOn)
                )
            );
    }
}
