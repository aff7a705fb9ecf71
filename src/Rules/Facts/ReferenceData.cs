namespace PlanningServices.Rules.Facts;

/// <summary>
/// What crosses customers: partners, their locations, competencies and enrolments, consultants and their exams,
/// indexed for look-up. Loaded once for a run and shared between threads; nothing in it changes.
/// </summary>
public sealed class ReferenceData
{
    private readonly Dictionary<string, Partner> partners;
    private readonly Dictionary<string, PartnerLocation> locations;
    private readonly Dictionary<string, Consultant> consultants;
    private readonly ILookup<string, Consultant> consultantsOf;
    private readonly ILookup<string, PartnerCompetency> competencies;
    private readonly ILookup<string, Enrollment> enrollments;
    private readonly ILookup<string, ConsultantExam> exams;

    /// <summary>No partner, no consultant.</summary>
    public static ReferenceData None { get; } = new([], [], [], [], [], []);

    /// <summary>Indexes the given facts.</summary>
    public ReferenceData(
        IEnumerable<Partner> partners,
        IEnumerable<PartnerLocation> locations,
        IEnumerable<PartnerCompetency> competencies,
        IEnumerable<Enrollment> enrollments,
        IEnumerable<Consultant> consultants,
        IEnumerable<ConsultantExam> exams
    )
    {
        this.partners = partners.ToDictionary(p => p.PartnerId, StringComparer.Ordinal);
        this.locations = locations.ToDictionary(l => l.LocationId, StringComparer.Ordinal);
        this.consultants = consultants.ToDictionary(c => c.ConsultantId, StringComparer.Ordinal);
        consultantsOf = this.consultants.Values.ToLookup(c => c.PartnerId, StringComparer.Ordinal);
        PartnerIds = [.. this.partners.Keys.Order(StringComparer.Ordinal)];
        this.competencies = competencies.ToLookup(c => c.PartnerId, StringComparer.Ordinal);
        this.enrollments = enrollments.ToLookup(e => e.PartnerId, StringComparer.Ordinal);
        this.exams = exams.ToLookup(e => e.ConsultantId, StringComparer.Ordinal);
    }

    /// <summary>The ids of all partners, in ordinal order.</summary>
    public IReadOnlyList<string> PartnerIds { get; }

    /// <summary>All locations of all partners, in no order.</summary>
    public IReadOnlyCollection<PartnerLocation> Locations => locations.Values;

    /// <summary>The partner of that id, or null.</summary>
    public Partner? Partner(string partnerId) => partners.GetValueOrDefault(partnerId);

    /// <summary>The location of that id, or null.</summary>
    public PartnerLocation? Location(string locationId) => locations.GetValueOrDefault(locationId);

    /// <summary>The consultant of that id, or null.</summary>
    public Consultant? Consultant(string consultantId) => consultants.GetValueOrDefault(consultantId);

    /// <summary>The competencies a partner ever held; empty for an unknown partner.</summary>
    public IEnumerable<PartnerCompetency> CompetenciesOf(string partnerId) => competencies[partnerId];

    /// <summary>The enrolments a partner ever signed; empty for an unknown partner.</summary>
    public IEnumerable<Enrollment> EnrollmentsOf(string partnerId) => enrollments[partnerId];

    /// <summary>The consultants who work for a partner; empty for an unknown partner.</summary>
    public IEnumerable<Consultant> ConsultantsOf(string partnerId) => consultantsOf[partnerId];

    /// <summary>Everything that decides what a partner may deliver; nothing for an unknown partner.</summary>
    public PartnerFacts FactsOf(string partnerId) =>
        new()
        {
            PartnerId = partnerId,
            Competencies = [.. CompetenciesOf(partnerId)],
            Enrollments = [.. EnrollmentsOf(partnerId)],
            Exams = [.. ConsultantsOf(partnerId).SelectMany(c => ExamsOf(c.ConsultantId))],
        };

    /// <summary>The exams a consultant ever passed; empty for an unknown consultant.</summary>
    public IEnumerable<ConsultantExam> ExamsOf(string consultantId) => exams[consultantId];
}
