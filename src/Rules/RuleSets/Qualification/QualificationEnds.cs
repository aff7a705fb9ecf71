using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Qualification;

/// <summary>"Partners renew their requirements and re-enrol every year." (Planning Services compliance). The warning is the programme's own.</summary>
[Name("Qualification ends soon")]
[Tag("QLF-ENDING")]
[Description("The partner meets the requirements and is enrolled, and one of these ends soon.")]
internal sealed class QualificationEnds : Rule
{
    public override void Define()
    {
        PartnerEngagement of = null!;

        When()
            .Match(
                () => of,
                o => o.IsCompetent,
                o => o.HasConsultant,
                o => o.IsEnrolled,
                o => o.Terms.QualificationWarningDays != null,
                o => o.DaysLeft <= o.Terms.QualificationWarningDays!.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    of,
                    $"Partner {of.Partner.PartnerId} meets what {of.Engagement.Code} asks for until {of.Until} only.",
                    WhatEnds(of)
                )
            );
    }

    private static Evidence[] WhatEnds(PartnerEngagement of) =>
        [.. of.CompetencyEvidence, .. of.EnrollmentEvidence, Evidence.Of(of.Terms.QualificationWarningDays!)];
}
