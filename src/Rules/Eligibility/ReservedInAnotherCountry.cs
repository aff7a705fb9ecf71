using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Eligibility;

/// <summary>
/// "Reserve, redeem and invoice under a location in the country of delivery." (Planning Services policy)
/// </summary>
[Name("Reserved under a location in another country")]
[Tag("ELG-COUNTRY")]
[Description("The voucher is reserved under a location outside the country of delivery.")]
internal sealed class ReservedInAnotherCountry : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;

        When().Match(() => reservation, r => r.LocationCountry != r.Country);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation.VoucherId,
                    $"The voucher is reserved under location {reservation.LocationId} in {reservation.LocationCountry}; the country of delivery is {reservation.Country}.",
                    Evidence.Of("voucher.reserved_location_id", reservation.LocationId),
                    Evidence.Of("partner_location.country", reservation.LocationCountry),
                    Evidence.Of("voucher.country", reservation.Country)
                )
            );
    }
}
