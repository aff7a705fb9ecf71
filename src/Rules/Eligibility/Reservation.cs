using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Eligibility;

/// <summary>A voucher that a partner has reserved and that still counts, beside what is asked of the partner.</summary>
internal sealed class Reservation(
    DecidedVoucher decided,
    PartnerLocation location,
    Consultant? consultant,
    DateOnly evaluatedOn,
    Requirement? requirement,
    PolicyTerms terms
)
{
    private readonly Voucher voucher = decided.Voucher;

    public string VoucherId => voucher.VoucherId;

    public string CustomerId => decided.Customer.CustomerId;

    public string Engagement => voucher.Engagement;

    public string Offering => decided.Engagement.Offering;

    public IReadOnlyList<int> Durations => decided.Engagement.Durations;

    public int Days => voucher.Days;

    public string? Division => voucher.Division;

    public string? Product => voucher.Product;

    public string Country => voucher.Country;

    public DateOnly ReservedOn => voucher.ReservedOn!.Value;

    public string LocationId => location.LocationId;

    public string LocationCountry => location.Country;

    public string PartnerId => location.PartnerId;

    public DateOnly? EngagementStartedOn => voucher.EngagementStartedOn;

    public string? ConsultantId => voucher.ConsultantId;

    public string? ConsultantPartnerId => consultant?.PartnerId;

    /// <summary>The consultant if one is named and works for the reserving partner, else null.</summary>
    public string? OwnConsultantId =>
        consultant?.PartnerId == location.PartnerId ? consultant.ConsultantId : null;

    /// <summary>The date eligibility is looked at on: the valid redemption, else the business date.</summary>
    public DateOnly EvaluatedOn => evaluatedOn;

    public PolicyValue<int> RepeatDays => terms.RepeatDays;

    /// <summary>The competencies one of which is asked for; empty where no requirement is in force.</summary>
    public IReadOnlyList<Alternative> Alternatives => requirement?.AnyOf ?? [];

    /// <summary>The alternatives in words, for sentences.</summary>
    public string AlternativesText =>
        requirement is null
            ? "nothing that could be held"
            : string.Join(
                " or ",
                requirement.AnyOf.Select(a => $"{Written.Of(a.MinimumLevel)} {a.Competency}")
            );

    /// <summary>The requirement as evidence.</summary>
    public Decisions.Evidence RequirementEvidence =>
        new($"requirements.{Engagement}", AlternativesText, requirement?.From);

    /// <summary>Whether the competency is one of the alternatives, at the level asked for.</summary>
    public bool Accepts(PartnerCompetency held)
    {
        for (var i = 0; i < Alternatives.Count; i++)
        {
            if (Alternatives[i].Competency == held.Competency && held.Level >= Alternatives[i].MinimumLevel)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether an exam counts for this delivery: it is of a competency by which the partner qualifies; where it
    /// qualifies by none, of any alternative.
    /// </summary>
    public bool CountsExamOf(string competency, IEnumerable<PartnerCompetency> qualifying)
    {
        var qualifies = false;
        foreach (var held in qualifying)
        {
            qualifies = true;
            if (held.Competency == competency)
            {
                return true;
            }
        }

        return !qualifies && Alternatives.Any(a => a.Competency == competency);
    }

    /// <summary>Reserved before the other; of two reserved on one day, the one with the lower id.</summary>
    public bool IsBefore(Reservation other) =>
        ReservedOn < other.ReservedOn
        || (ReservedOn == other.ReservedOn && string.CompareOrdinal(VoucherId, other.VoucherId) < 0);

    /// <summary>The earliest of some reservations; at least one.</summary>
    public static Reservation First(IEnumerable<Reservation> reservations) =>
        reservations.Aggregate((first, next) => next.IsBefore(first) ? next : first);
}
