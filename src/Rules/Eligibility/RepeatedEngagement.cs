using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Eligibility;

/// <summary>
/// "One 15-day engagement per type and customer unless it serves another division or another product." (Planning
/// Services policy)
/// </summary>
[Name("Engagement repeated for the same customer")]
[Tag("ELG-REPEAT")]
[Description(
    "The customer has an earlier voucher of the longest duration for the same engagement, division and product."
)]
internal sealed class RepeatedEngagement : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;
        IEnumerable<Reservation> earlier = null!;

        When()
            .Match(() => reservation, r => r.Days == r.RepeatDays.Value)
            .Query(
                () => earlier,
                q =>
                    q.Match<Reservation>(
                            e => e.Days == e.RepeatDays.Value,
                            e => e.CustomerId == reservation.CustomerId,
                            e => e.Engagement == reservation.Engagement,
                            e => e.Division == reservation.Division,
                            e => e.Product == reservation.Product,
                            e => e.IsBefore(reservation)
                        )
                        .Collect()
                        .Where(e => e.Any())
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation.VoucherId,
                    $"Voucher {Reservation.First(earlier).VoucherId}, reserved on {Reservation.First(earlier).ReservedOn}, is already for {reservation.Days} days of {reservation.Engagement} for this customer.",
                    Evidence.Of("voucher.days", reservation.Days),
                    Evidence.Of("voucher.reserved_on", reservation.ReservedOn),
                    Evidence.Of("voucher.division", reservation.Division),
                    Evidence.Of("voucher.product", reservation.Product),
                    Evidence.Of("earlier.voucher_id", Reservation.First(earlier).VoucherId),
                    Evidence.Of("earlier.reserved_on", Reservation.First(earlier).ReservedOn),
                    Evidence.Of(reservation.RepeatDays)
                )
            );
    }
}
