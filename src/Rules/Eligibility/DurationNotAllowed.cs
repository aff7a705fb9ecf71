using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Eligibility;

/// <summary>"A voucher is for one engagement of 1, 3, 5, 10 or 15 days." (Planning Services process)</summary>
[Name("Duration not allowed")]
[Tag("ELG-DURATION")]
[Description("The voucher's days are not one of the durations of its engagement.")]
internal sealed class DurationNotAllowed : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;

        When().Match(() => reservation, r => !r.Durations.Contains(r.Days));
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation.VoucherId,
                    $"The voucher is for {reservation.Days} days; {reservation.Engagement} takes {reservation.Durations}.",
                    Evidence.Of("voucher.days", reservation.Days),
                    Evidence.Of($"engagements.{reservation.Engagement}.durations", reservation.Durations)
                )
            );
    }
}
