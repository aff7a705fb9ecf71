namespace PlanningServices.Rules.Facts;

/// <summary>
/// The reference data as it was on a date. What was looked up is kept, so one thread at a time uses it.
/// </summary>
internal sealed class ReferenceView(ReferenceData reference, DateOnly date)
{
    private readonly Dictionary<string, DeliveringPartner> partners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ConsultantExam>> exams = new(StringComparer.Ordinal);

    public PartnerLocation? Location(string locationId) => reference.Location(locationId);

    public Consultant? Consultant(string consultantId) => reference.Consultant(consultantId);

    /// <summary>The partner with what it holds; with nothing where the partner is unknown.</summary>
    public DeliveringPartner Partner(string partnerId)
    {
        if (!partners.TryGetValue(partnerId, out var partner))
        {
            partner = new(
                partnerId,
                reference.CompetenciesOf(partnerId).Known(date, c => c.FromOn),
                reference.EnrollmentsOf(partnerId).Known(date, e => e.SignedOn)
            );
            partners.Add(partnerId, partner);
        }

        return partner;
    }

    public IReadOnlyList<ConsultantExam> ExamsOf(string consultantId)
    {
        if (!exams.TryGetValue(consultantId, out var passed))
        {
            exams.Add(consultantId, passed = reference.ExamsOf(consultantId).Known(date, e => e.PassedOn));
        }

        return passed;
    }
}

/// <summary>A partner with the competencies it ever held and the enrolments it ever signed.</summary>
internal sealed record DeliveringPartner(
    string PartnerId,
    IReadOnlyList<PartnerCompetency> Competencies,
    IReadOnlyList<Enrollment> Enrollments
);
