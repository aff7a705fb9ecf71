namespace PlanningServices.Rules.Facts;

/// <summary>
/// Everything that belongs to one partner and decides what it may deliver, as imported or, from <see cref="AsOf"/>, as
/// it was on a date.
/// </summary>
public sealed record PartnerFacts
{
    /// <summary>The partner.</summary>
    public required string PartnerId { get; init; }

    /// <summary>The competencies it ever held.</summary>
    public IReadOnlyList<PartnerCompetency> Competencies { get; init; } = [];

    /// <summary>The enrolments it ever signed.</summary>
    public IReadOnlyList<Enrollment> Enrollments { get; init; } = [];

    /// <summary>The exams that its consultants ever passed.</summary>
    public IReadOnlyList<ConsultantExam> Exams { get; init; } = [];

    /// <summary>All facts, in an order of their own.</summary>
    public PartnerFacts InOrder() => AsOf(DateOnly.MaxValue);

    /// <summary>The facts as they were on a date, in that order: what starts after it does not exist yet.</summary>
    public PartnerFacts AsOf(BusinessDate date) =>
        this with
        {
            Competencies =
            [
                .. Competencies
                    .Known(date, c => c.FromOn)
                    .OrderBy(c => c.Competency, StringComparer.Ordinal)
                    .ThenBy(c => c.FromOn)
                    .ThenBy(c => c.Level),
            ],
            Enrollments =
            [
                .. Enrollments
                    .Known(date, e => e.SignedOn)
                    .OrderBy(e => e.Offering, StringComparer.Ordinal)
                    .ThenBy(e => e.SignedOn),
            ],
            Exams =
            [
                .. Exams
                    .Known(date, e => e.PassedOn)
                    .OrderBy(e => e.Competency, StringComparer.Ordinal)
                    .ThenBy(e => e.ConsultantId, StringComparer.Ordinal)
                    .ThenBy(e => e.PassedOn),
            ],
        };
}
