using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.RuleSets.Qualification;

/// <summary>Whether a partner may deliver an engagement, with what it has and lacks of what is asked.</summary>
/// <param name="Engagement">The engagement's code.</param>
/// <param name="Offering">The offering it belongs to.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Findings">What the rules found, each in a sentence.</param>
/// <param name="Until">The last day on which the partner is competent and enrolled; absent where it may not deliver, and where that has no end.</param>
/// <param name="Required">The competencies, in words. The partner needs one of them.</param>
/// <param name="Competencies">The competencies of the partner that qualify.</param>
/// <param name="Exams">The exams of its consultants that count.</param>
/// <param name="Enrollments">The enrolments in the offering that cover the business date.</param>
public sealed record PartnerQualification(
    string Engagement,
    string Offering,
    QualificationOutcome Outcome,
    IReadOnlyList<Finding> Findings,
    DateOnly? Until,
    string Required,
    IReadOnlyList<PartnerCompetency> Competencies,
    IReadOnlyList<ConsultantExam> Exams,
    IReadOnlyList<Enrollment> Enrollments
)
{
    /// <summary>Whether the partner may deliver it.</summary>
    public bool MayDeliver => Outcome is QualificationOutcome.Qualified or QualificationOutcome.EndingSoon;

    internal static PartnerQualification Of(PartnerEngagement of, Decision decision)
    {
        var outcome = Enum.Parse<QualificationOutcome>(decision.Outcome);
        return new(
            of.Engagement.Code,
            of.Engagement.Offering,
            outcome,
            decision.Findings,
            outcome is QualificationOutcome.Qualified or QualificationOutcome.EndingSoon ? of.Until : null,
            of.Competency.Text,
            of.Competency.Qualifying,
            [.. of.ExamsThatCount],
            [.. of.EnrollmentsInOffering.Where(e => e.Covers(of.Terms.BusinessDate))]
        );
    }
}
