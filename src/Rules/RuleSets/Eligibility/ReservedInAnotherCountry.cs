using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Eligibility;

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

        When().Match(() => reservation, r => r.Location.Country != r.Voucher.Country);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation,
                    $"The voucher is reserved under location {reservation.Location.LocationId} in {reservation.Location.Country}; the country of delivery is {reservation.Voucher.Country}.",
                    Evidence.Of("voucher.reserved_location_id", reservation.Location.LocationId),
                    Evidence.Of("partner_location.country", reservation.Location.Country),
                    Evidence.Of("voucher.country", reservation.Voucher.Country)
                )
            );
    }
}
