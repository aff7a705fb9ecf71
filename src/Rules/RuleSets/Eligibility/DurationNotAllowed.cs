using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Eligibility;

/// <summary>"A voucher is for one engagement of 1, 3, 5, 10 or 15 days." (Planning Services process)</summary>
[Name("Duration not allowed")]
[Tag("ELG-DURATION")]
[Description("The voucher's days are not one of the durations of its engagement.")]
internal sealed class DurationNotAllowed : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;

        When().Match(() => reservation, r => !r.Engagement.Durations.Contains(r.Voucher.Days));
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation,
                    $"The voucher is for {Count.Of(reservation.Voucher.Days, "day")}; {reservation.Voucher.Engagement} takes {reservation.Engagement.Durations}.",
                    Evidence.Of("voucher.days", reservation.Voucher.Days),
                    Evidence.Of(
                        $"engagements.{reservation.Voucher.Engagement}.durations",
                        reservation.Engagement.Durations
                    )
                )
            );
    }
}
