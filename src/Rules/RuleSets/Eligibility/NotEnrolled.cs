using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Eligibility;

/// <summary>"Partners renew their requirements and re-enrol every year." (Planning Services compliance)</summary>
[Name("Partner not enrolled")]
[Tag("ELG-NOT-ENROLLED")]
[Description("The partner is not enrolled in the offering of the engagement.")]
internal sealed class NotEnrolled : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;

        When()
            .Match(
                () => reservation,
                r =>
                    !r.Partner.Enrollments.Any(e =>
                        e.Offering == r.Engagement.Offering && e.Covers(r.EvaluatedOn)
                    )
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation,
                    $"Partner {reservation.Location.PartnerId} has no enrolment in {reservation.Engagement.Offering} that covers {reservation.EvaluatedOnText}.",
                    Evidence.Of("partner_location.partner_id", reservation.Location.PartnerId),
                    Evidence.Of("engagement.offering", reservation.Engagement.Offering)
                )
            );
    }
}
