using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.RuleSets.Qualification;

/// <summary>
/// May the partner deliver the engagement, and what is missing? Subject: every engagement of the pack for which a
/// partner has, or had, a competency that is asked for or an enrolment.
/// </summary>
internal static class QualificationRuleSet
{
    public static readonly DecisionTable<PartnerEngagement, QualificationOutcome> Table = new(
        RuleSetName.Qualification,
        SubjectType.PartnerEngagement,
        otherwise: QualificationOutcome.Qualified,
        values: of => new QualificationValues(
            of.Outcome is QualificationOutcome.Qualified or QualificationOutcome.EndingSoon ? of.Until : null
        ),
        basis: of =>
            [
                of.Competency.Evidence,
                .. of.CompetencyEvidence,
                .. of.ExamEvidence,
                Evidence.Of("engagement.offering", of.Engagement.Offering),
                .. of.EnrollmentEvidence,
                Evidence.Of(of.Terms.LastRedemptionOn),
                .. of.Engagement.IsCloud ? [Evidence.Of(of.Terms.CloudRetiredOn)] : Array.Empty<Evidence>(),
                .. of.Terms.QualificationWarningDays is { } days
                    ? [Evidence.Of(days)]
                    : Array.Empty<Evidence>(),
            ]
    )
    {
        { "QLF-RETIRED", QualificationOutcome.Retired },
        { "QLF-COMPETENCY", QualificationOutcome.NotQualified },
        { "QLF-CONSULTANT", QualificationOutcome.NotQualified },
        { "QLF-NOT-ENROLLED", QualificationOutcome.CanEnroll },
        { "QLF-ENDING", QualificationOutcome.EndingSoon },
    };

    /// <summary>A case for each engagement that the partner has to do with, in ordinal order of their codes.</summary>
    /// <param name="partner">The partner as of the business date.</param>
    /// <param name="terms">The policy values.</param>
    public static List<PartnerEngagement> CasesOf(PartnerFacts partner, PolicyTerms terms) =>
        [
            .. terms
                .Engagements.Select(e => new PartnerEngagement(partner, e.Engagement, e.Requirement, terms))
                .Where(of => of.IsSubject),
        ];
}
