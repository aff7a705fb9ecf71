using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Qualification;

/// <summary>
/// "Before partner firms and consultants can enroll in an offering, they must meet the competency requirements, which
/// are specific to the engagement to be delivered." (Software Assurance Planning Services for partners)
/// </summary>
[Name("Competency missing")]
[Tag("QLF-COMPETENCY")]
[Description("The partner holds no competency that qualifies for the engagement.")]
internal sealed class CompetencyMissing : Rule
{
    public override void Define()
    {
        PartnerEngagement of = null!;

        When()
            .Match(
                () => of,
                o =>
                    !o.Partner.Competencies.Any(c =>
                        c.IsHeldOn(o.Terms.BusinessDate) && o.Alternatives.Any(a => a.IsMetBy(c))
                    )
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    of,
                    $"Partner {of.Partner.PartnerId} does not hold {of.Competency.Text}, which {of.Engagement.Code} asks for.",
                    WhatIsHeld(of)
                )
            );
    }

    private static Evidence[] WhatIsHeld(PartnerEngagement of) =>
        [of.Competency.Evidence, .. of.CompetencyEvidence];
}
