using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>"Reserve, redeem and invoice under a location in the country of delivery." (Planning Services policy)</summary>
[Name("Requested under a location in another country")]
[Tag("PAY-COUNTRY")]
[Description("The request is made under a location outside the voucher's country.")]
internal sealed class RequestedFromAnotherCountry : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When().Match(() => request, r => r.VoucherExists, r => r.LocationCountry != r.VoucherCountry);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"The request is made under location {request.LocationId} in {request.LocationCountry}; the country of delivery is {request.VoucherCountry}.",
                    Evidence.Of("payment_request.location_id", request.LocationId),
                    Evidence.Of("partner_location.country", request.LocationCountry),
                    Evidence.Of("voucher.country", request.VoucherCountry)
                )
            );
    }
}
