using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Eligibility;

/// <summary>
/// A voucher that a partner has reserved and that still counts, beside what is asked of the partner: what the rules
/// of <c>eligibility</c> look at, with the <see cref="PartnerCompetency"/>, <see cref="Enrollment"/> and
/// <see cref="ConsultantExam"/> facts of the partners and consultants in question.
/// </summary>
public sealed class Reservation
{
    private readonly DecidedVoucher decided;
    private readonly PartnerLocation location;
    private readonly Consultant? consultant;
    private readonly Requirement? requirement;
    private readonly PolicyTerms terms;

    internal Reservation(
        DecidedVoucher decided,
        PartnerLocation location,
        Consultant? consultant,
        DateOnly evaluatedOn,
        Requirement? requirement,
        PolicyTerms terms
    )
    {
        this.decided = decided;
        this.location = location;
        this.consultant = consultant;
        this.requirement = requirement;
        this.terms = terms;
        EvaluatedOn = evaluatedOn;
    }

    /// <summary>The voucher as known on the business date.</summary>
    public Voucher Voucher => decided.Voucher;

    /// <summary>The voucher's key: the subject of a finding.</summary>
    public string VoucherId => Voucher.VoucherId;

    /// <summary>The customer of its agreement.</summary>
    public string CustomerId => decided.Customer.CustomerId;

    /// <summary>The code of its engagement.</summary>
    public string Engagement => Voucher.Engagement;

    /// <summary>The offering of the engagement, in which the partner must be enrolled.</summary>
    public string Offering => decided.Engagement.Offering;

    /// <summary>The days a voucher for the engagement may have, ascending.</summary>
    public IReadOnlyList<int> Durations => decided.Engagement.Durations;

    /// <summary>The voucher's days.</summary>
    public int Days => Voucher.Days;

    /// <summary>The customer's division it serves, if it names one.</summary>
    public string? Division => Voucher.Division;

    /// <summary>The product it is for, if it names one.</summary>
    public string? Product => Voucher.Product;

    /// <summary>The country of delivery, ISO 3166 alpha-2.</summary>
    public string Country => Voucher.Country;

    /// <summary>The day it was reserved.</summary>
    public DateOnly ReservedOn => Voucher.ReservedOn!.Value;

    /// <summary>The location it is reserved under.</summary>
    public string LocationId => location.LocationId;

    /// <summary>The country of that location.</summary>
    public string LocationCountry => location.Country;

    /// <summary>The partner of that location.</summary>
    public string PartnerId => location.PartnerId;

    /// <summary>The day delivery started, if it has.</summary>
    public DateOnly? EngagementStartedOn => Voucher.EngagementStartedOn;

    /// <summary>The consultant, if one is named.</summary>
    public string? ConsultantId => Voucher.ConsultantId;

    /// <summary>The partner the consultant works for.</summary>
    public string? ConsultantPartnerId => consultant?.PartnerId;

    /// <summary>The consultant if one is named and works for the reserving partner, else null.</summary>
    public string? OwnConsultantId =>
        consultant?.PartnerId == location.PartnerId ? consultant.ConsultantId : null;

    /// <summary>The date eligibility is looked at on: the valid redemption, else the business date.</summary>
    public DateOnly EvaluatedOn { get; }

    /// <summary>The duration of which a customer gets one for each type.</summary>
    public PolicyValue<int> RepeatDays => terms.RepeatDays;

    /// <summary>The date the voucher is decided as of.</summary>
    public DateOnly BusinessDate => terms.BusinessDate;

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
