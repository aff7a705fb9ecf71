using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Qualification;

/// <summary>"Partners renew their requirements and re-enrol every year." (Planning Services compliance)</summary>
[Name("Enrolment missing")]
[Tag("QLF-NOT-ENROLLED")]
[Description("The partner is not enrolled in the offering of the engagement.")]
internal sealed class EnrollmentMissing : Rule
{
    public override void Define()
    {
        PartnerEngagement of = null!;

        When()
            .Match(
                () => of,
                o =>
                    !o.Partner.Enrollments.Any(e =>
                        e.Offering == o.Engagement.Offering && e.Covers(o.Terms.BusinessDate)
                    )
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    of,
                    $"Partner {of.Partner.PartnerId} is not enrolled in {of.Engagement.Offering}, the offering of {of.Engagement.Code}.",
                    WhatIsSigned(of)
                )
            );
    }

    private static Evidence[] WhatIsSigned(PartnerEngagement of) =>
        [Evidence.Of("engagement.offering", of.Engagement.Offering), .. of.EnrollmentEvidence];
}
