using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Eligibility;

/// <summary>
/// "A partner must hold a qualifying competency for the specific engagement." (Eligibility for Planning Services
/// engagements, 2020-09-01)
/// </summary>
[Name("Partner without a qualifying competency")]
[Tag("ELG-COMPETENCY")]
[Description("The partner holds no competency that qualifies for the engagement.")]
internal sealed class NotCompetent : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;

        When()
            .Match(() => reservation)
            .Not<PartnerCompetency>(
                c => c.PartnerId == reservation.PartnerId,
                c => c.FromOn <= reservation.EvaluatedOn,
                c => c.ToOn == null || c.ToOn >= reservation.EvaluatedOn,
                c => reservation.Accepts(c)
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation.VoucherId,
                    $"Partner {reservation.PartnerId} did not hold {reservation.AlternativesText} on {reservation.EvaluatedOn}, which {reservation.Engagement} asks for.",
                    Evidence.Of("partner_location.partner_id", reservation.PartnerId),
                    Evidence.Of("voucher.engagement", reservation.Engagement),
                    reservation.RequirementEvidence
                )
            );
    }
}
