namespace PlanningServices.Rules.Facts;

/// <summary>
/// The reference data as it was on a date. What was looked up is kept, so one thread at a time uses it.
/// </summary>
internal sealed class ReferenceView(ReferenceData reference, DateOnly date)
{
    private readonly Dictionary<string, Seen<DeliveringPartner>> partners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Seen<List<ConsultantExam>>> exams = new(StringComparer.Ordinal);

    public PartnerLocation? Location(string locationId) => reference.Location(locationId);

    public Consultant? Consultant(string consultantId) => reference.Consultant(consultantId);

    /// <summary>The partner with what it holds; with nothing where the partner is unknown.</summary>
    /// <param name="partnerId">Its key.</param>
    /// <param name="asked">The date of the view, as the business date of the customer for which is asked.</param>
    public DeliveringPartner Partner(string partnerId, BusinessDate asked)
    {
        if (!partners.TryGetValue(partnerId, out var seen))
        {
            var review = new NextReview();
            var on = new BusinessDate(date, review);
            var partner = new DeliveringPartner(
                partnerId,
                reference.CompetenciesOf(partnerId).Known(on, c => c.FromOn),
                reference.EnrollmentsOf(partnerId).Known(on, e => e.SignedOn)
            );
            partners.Add(partnerId, seen = new(partner, review.Date));
        }

        return seen.By(asked);
    }

    /// <summary>The exams that a consultant had passed; none where the consultant is unknown.</summary>
    /// <param name="consultantId">Its key.</param>
    /// <param name="asked">The date of the view, as the business date of the customer for which is asked.</param>
    public IReadOnlyList<ConsultantExam> ExamsOf(string consultantId, BusinessDate asked)
    {
        if (!exams.TryGetValue(consultantId, out var seen))
        {
            var review = new NextReview();
            var on = new BusinessDate(date, review);
            var passed = reference.ExamsOf(consultantId).Known(on, e => e.PassedOn);
            exams.Add(consultantId, seen = new(passed, review.Date));
        }

        return seen.By(asked);
    }

    /// <summary>What was looked up for one customer is the same for the next, and so is the day on which it changes.</summary>
    private readonly record struct Seen<T>(T Facts, DateOnly? ChangesOn)
    {
        public T By(BusinessDate asked)
        {
            asked.ReviewOn(ChangesOn);
            return Facts;
        }
    }
}

/// <summary>A partner with the competencies it ever held and the enrolments it ever signed.</summary>
internal sealed record DeliveringPartner(
    string PartnerId,
    IReadOnlyList<PartnerCompetency> Competencies,
    IReadOnlyList<Enrollment> Enrollments
);
