using PlanningServices.Rules.Conditions;
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
    private static readonly Vocabulary<PartnerEngagement> Vocabulary = new Vocabulary<PartnerEngagement>(o =>
        o.Terms
    )
        .With("partner.partner_id", o => o.Partner.PartnerId, "the partner", "\"P-1\"")
        .With("engagement.code", o => o.Engagement.Code, "the code of the engagement", "\"windows-office\"")
        .With(FactFields.Engagement, o => o.Engagement)
        .With(
            "qualification.competent",
            o => o.IsCompetent,
            "whether a competency of the partner qualifies",
            "true"
        )
        .With(
            "qualification.consultant",
            o => o.HasConsultant,
            "whether a consultant of the partner has passed an exam that counts",
            "true"
        )
        .With(
            "qualification.enrolled",
            o => o.IsEnrolled,
            "whether the partner is enrolled in the offering",
            "true"
        )
        .With(
            "qualification.until",
            o => o.Until,
            "the last day on which the partner is competent and enrolled; absent where it is not, or where that has no end",
            "2021-06-30"
        )
        .WithAll(
            "partner_competencies",
            FactFields.Competency,
            "the competencies of the partner",
            o => o.Partner.Competencies
        )
        .WithAll(
            "enrollments",
            FactFields.Enrollment,
            "the enrolments of the partner",
            o => o.Partner.Enrollments
        )
        .WithAll(
            "consultant_exams",
            FactFields.Exam,
            "the exams of the partner's consultants",
            o => o.Partner.Exams
        );

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
            ],
        Vocabulary,
        QualificationOutcome.NotQualified
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
                .Engagements.Select(e => new PartnerEngagement(
                    partner,
                    e,
                    terms.RequirementOf(e.Code, terms.BusinessDate),
                    terms
                ))
                .Where(of => of.IsSubject),
        ];
}
