using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Eligibility;

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
            .Match(() => reservation)
            .Not<Enrollment>(
                e => e.PartnerId == reservation.PartnerId,
                e => e.Offering == reservation.Offering,
                e => e.SignedOn <= reservation.EvaluatedOn,
                e => e.EndsOn == null || e.EndsOn >= reservation.EvaluatedOn
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation.VoucherId,
                    $"Partner {reservation.PartnerId} has no enrolment in {reservation.Offering} that covers {reservation.EvaluatedOn}.",
                    Evidence.Of("partner_location.partner_id", reservation.PartnerId),
                    Evidence.Of("engagement.offering", reservation.Offering)
                )
            );
    }
}
