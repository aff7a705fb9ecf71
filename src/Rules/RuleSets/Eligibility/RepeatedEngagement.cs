using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Eligibility;

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

        When()
            .Match(
                () => reservation,
                r => r.Voucher.Days == r.Terms.RepeatDays.Value,
                r => r.FirstAlike != null
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation,
                    $"Voucher {reservation.FirstAlike!.VoucherId}, reserved on {reservation.FirstAlike.ReservedOn}, is already for {Count.Of(reservation.Voucher.Days, "day")} of {reservation.Voucher.Engagement} for this customer.",
                    Evidence.Of("voucher.days", reservation.Voucher.Days),
                    Evidence.Of("voucher.reserved_on", reservation.Voucher.ReservedOn),
                    Evidence.Of("voucher.division", reservation.Voucher.Division),
                    Evidence.Of("voucher.product", reservation.Voucher.Product),
                    Evidence.Of("earlier.voucher_id", reservation.FirstAlike.VoucherId),
                    Evidence.Of("earlier.reserved_on", reservation.FirstAlike.ReservedOn),
                    Evidence.Of(reservation.Terms.RepeatDays)
                )
            );
    }
}
