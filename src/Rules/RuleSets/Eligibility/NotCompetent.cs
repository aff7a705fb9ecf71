using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Eligibility;

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
            .Match(
                () => reservation,
                r =>
                    !r.Partner.Competencies.Any(c =>
                        c.IsHeldOn(r.EvaluatedOn) && r.Alternatives.Any(a => a.IsMetBy(c))
                    )
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation,
                    $"Partner {reservation.Location.PartnerId} did not hold {reservation.AlternativesText} on {reservation.EvaluatedOnText}, which {reservation.Voucher.Engagement} asks for.",
                    Evidence.Of("partner_location.partner_id", reservation.Location.PartnerId),
                    Evidence.Of("voucher.engagement", reservation.Voucher.Engagement),
                    reservation.RequirementEvidence
                )
            );
    }
}
