using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Eligibility;

namespace PlanningServices.Rules.RuleSets.Qualification;

/// <summary>A partner beside what an engagement asks of it: what the rules of <c>qualification</c> look at.</summary>
/// <param name="partner">The partner as of the business date.</param>
/// <param name="engagement">The engagement.</param>
/// <param name="requirement">What is asked of the partner; absent where no requirement is in force.</param>
/// <param name="terms">The policy values.</param>
internal sealed class PartnerEngagement(
    PartnerFacts partner,
    Engagement engagement,
    Requirement? requirement,
    PolicyTerms terms
) : Case<QualificationOutcome>
{
    public override string SubjectId { get; } = $"{partner.PartnerId}/{engagement.Code}";

    /// <summary>The partner as of the business date.</summary>
    public PartnerFacts Partner => partner;

    public Engagement Engagement => engagement;

    public PolicyTerms Terms => terms;

    /// <summary>What the engagement asks for, beside what the partner holds on the business date.</summary>
    public CompetencyAsked Competency { get; } =
        new(engagement.Code, requirement, partner.Competencies, terms.BusinessDate);

    /// <summary>The competencies one of which is asked for; empty where no requirement is in force.</summary>
    public IReadOnlyList<Alternative> Alternatives => Competency.Alternatives;

    /// <summary>The competencies of the partner that the engagement asks for, at any level, ended ones too.</summary>
    public IEnumerable<PartnerCompetency> CompetenciesNamed =>
        Partner.Competencies.Where(c => Alternatives.Any(a => a.Competency == c.Competency));

    /// <summary>The enrolments of the partner in the engagement's offering, ended ones too.</summary>
    public IEnumerable<Enrollment> EnrollmentsInOffering =>
        Partner.Enrollments.Where(e => e.Offering == Engagement.Offering);

    /// <summary>The exams of competencies that the engagement asks for, of any consultant of the partner.</summary>
    public IEnumerable<ConsultantExam> ExamsNamed =>
        Partner.Exams.Where(x => Alternatives.Any(a => a.Competency == x.Competency));

    /// <summary>The exams that count, of any consultant of the partner.</summary>
    public IEnumerable<ConsultantExam> ExamsThatCount =>
        Partner.Exams.Where(x => Competency.OfExams.Contains(x.Competency, StringComparer.Ordinal));

    /// <summary>Whether the partner has a competency that the engagement names or an enrolment in its offering, now or before.</summary>
    public bool IsSubject => CompetenciesNamed.Any() || EnrollmentsInOffering.Any();

    /// <summary>Whether a competency of the partner qualifies.</summary>
    public bool IsCompetent => Competency.Qualifying.Count > 0;

    /// <summary>Whether a consultant of the partner has passed an exam that counts.</summary>
    public bool HasConsultant => ExamsThatCount.Any();

    /// <summary>Whether an enrolment in the engagement's offering covers the business date.</summary>
    public bool IsEnrolled => EnrollmentsInOffering.Any(e => e.Covers(Terms.BusinessDate));

    /// <summary>
    /// The last day on which the partner is both competent and enrolled; absent where it is not on the business date, and
    /// where neither ends.
    /// </summary>
    public DateOnly? Until =>
        IsCompetent && IsEnrolled
            ? Earlier(
                Latest(Competency.Qualifying.Select(c => c.ToOn)),
                Latest(EnrollmentsInOffering.Where(e => e.Covers(Terms.BusinessDate)).Select(e => e.EndsOn))
            )
            : null;

    /// <summary>Days from the business date to <see cref="Until"/>; absent where that is.</summary>
    public DayCount? DaysLeft => Until is { } until ? Terms.BusinessDate.DaysUntil(until) : null;

    /// <summary>What the partner holds and held of what the engagement names, as evidence.</summary>
    public IEnumerable<Evidence> CompetencyEvidence =>
        CompetenciesNamed.Select(c => Evidence.Of($"partner_competency {c.Competency}", FactSheet.Text(c)));

    /// <summary>The enrolments in the engagement's offering, as evidence.</summary>
    public IEnumerable<Evidence> EnrollmentEvidence =>
        EnrollmentsInOffering.Select(e => Evidence.Of($"enrollment {e.Offering}", FactSheet.Text(e)));

    /// <summary>The exams that count, as evidence.</summary>
    public IEnumerable<Evidence> ExamEvidence =>
        ExamsThatCount.Select(x => Evidence.Of($"consultant_exam {x.Competency}", FactSheet.Text(x)));

    /// <summary>The latest of some ends, an absent one being never.</summary>
    private static DateOnly? Latest(IEnumerable<DateOnly?> ends)
    {
        var latest = DateOnly.MinValue;
        foreach (var end in ends)
        {
            if (end is not { } day)
            {
                return null;
            }

            latest = day > latest ? day : latest;
        }

        return latest;
    }

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) =>
        other is null || one < other ? one : other;
}
