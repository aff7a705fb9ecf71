using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.RuleSets.Eligibility;

/// <summary>What an engagement asks a partner to hold, beside what the partner holds on a date.</summary>
/// <param name="engagement">The engagement's code.</param>
/// <param name="requirement">What is asked for; absent where no requirement is in force.</param>
/// <param name="competencies">The competencies the partner ever held.</param>
/// <param name="date">The date.</param>
internal sealed class CompetencyAsked(
    string engagement,
    Requirement? requirement,
    IReadOnlyList<PartnerCompetency> competencies,
    BusinessDate date
)
{
    /// <summary>The competencies one of which is asked for; empty where no requirement is in force.</summary>
    public IReadOnlyList<Alternative> Alternatives => requirement?.AnyOf ?? [];

    /// <summary>The competencies by which the partner qualifies on the date.</summary>
    public IReadOnlyList<PartnerCompetency> Qualifying =>
        field ??= [.. competencies.Where(c => c.IsHeldOn(date) && Alternatives.Any(a => a.IsMetBy(c)))];

    /// <summary>
    /// The competencies whose exams count: those by which the partner qualifies; where it qualifies by none, all
    /// alternatives.
    /// </summary>
    public IReadOnlyList<string> OfExams =>
        field ??=
            Qualifying.Count > 0
                ? [.. Qualifying.Select(c => c.Competency).Distinct(StringComparer.Ordinal)]
                : [.. Alternatives.Select(a => a.Competency).Distinct(StringComparer.Ordinal)];

    /// <summary>The alternatives in words, for sentences.</summary>
    public string Text =>
        requirement is null
            ? "nothing that could be held"
            : string.Join(
                " or ",
                requirement.AnyOf.Select(a => $"{TextFormat.Of(a.MinimumLevel)} {a.Competency}")
            );

    /// <summary>The requirement as evidence.</summary>
    public Evidence Evidence => new($"requirements.{engagement}", Text, requirement?.From);
}
