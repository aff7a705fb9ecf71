using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

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
        IGrouping<object, Reservation> same = null!;
        Reservation first = null!;
        Reservation repeated = null!;

        When()
            .Query(
                () => same,
                q =>
                    q.Match<Reservation>(r => r.Voucher.Days == r.Terms.RepeatDays.Value)
                        .GroupBy(r =>
                            (object)
                                new
                                {
                                    r.Voucher.Engagement,
                                    r.Voucher.Division,
                                    r.Voucher.Product,
                                }
                        )
            )
            .Let(() => first, () => Earliest(same))
            .Query(() => repeated, q => q.From(() => same).SelectMany(g => g.Where(r => r != Earliest(g))));
        Then()
            .Yield(ctx =>
                ctx.Found(
                    repeated,
                    $"Voucher {first.Voucher.VoucherId}, reserved on {first.Voucher.ReservedOn}, is already for {repeated.Voucher.Days} days of {repeated.Voucher.Engagement} for this customer.",
                    Evidence.Of("voucher.days", repeated.Voucher.Days),
                    Evidence.Of("voucher.reserved_on", repeated.Voucher.ReservedOn),
                    Evidence.Of("voucher.division", repeated.Voucher.Division),
                    Evidence.Of("voucher.product", repeated.Voucher.Product),
                    Evidence.Of("earlier.voucher_id", first.Voucher.VoucherId),
                    Evidence.Of("earlier.reserved_on", first.Voucher.ReservedOn),
                    Evidence.Of(repeated.Terms.RepeatDays)
                )
            );
    }

    /// <summary>Of two reserved on one day, the one with the lower id.</summary>
    private static Reservation Earliest(IEnumerable<Reservation> reservations) =>
        reservations
            .OrderBy(r => r.Voucher.ReservedOn)
            .ThenBy(r => r.Voucher.VoucherId, StringComparer.Ordinal)
            .First();
}
