using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Expiry;

namespace PlanningServices.Rules.RuleSets.Eligibility;

/// <summary>
/// A voucher that a partner has reserved and that still counts, beside what is asked of the partner: what the rules
/// of <c>eligibility</c> look at.
/// </summary>
internal sealed class Reservation(
    VoucherLife life,
    Voucher? firstAlike,
    PartnerLocation location,
    DeliveringPartner partner,
    Consultant? consultant,
    IReadOnlyList<ConsultantExam> exams
) : Case<EligibilityOutcome>
{
    public override string SubjectId => Voucher.VoucherId;

    /// <summary>What was decided on the voucher before.</summary>
    public VoucherLife Life { get; } = life;

    /// <summary>The voucher as of the business date.</summary>
    public Voucher Voucher => Life.Voucher;

    public Engagement Engagement => Life.Retirement.Engagement;

    public PolicyTerms Terms => Life.Terms;

    /// <summary>
    /// The customer's first reserved voucher for the same engagement, days, division and product: by the day it was
    /// reserved, then by id. Absent where this is the first.
    /// </summary>
    public Voucher? FirstAlike { get; } = firstAlike;

    /// <summary>The location it is reserved under.</summary>
    public PartnerLocation Location { get; } = location;

    /// <summary>The partner of that location, with its competencies and enrolments.</summary>
    public DeliveringPartner Partner { get; } = partner;

    /// <summary>The consultant, if one is named.</summary>
    public Consultant? Consultant { get; } = consultant;

    /// <summary>A consultant is named who works for the partner.</summary>
    public bool IsConsultantOfPartner => Consultant?.PartnerId == Location.PartnerId;

    /// <summary>The exams of the consultant, if one is named and works for the partner; empty otherwise.</summary>
    public IReadOnlyList<ConsultantExam> ConsultantExams { get; } = exams;

    /// <summary>The date eligibility is looked at on: the valid redemption, else the business date.</summary>
    public BusinessDate EvaluatedOn { get; } = life.ValidlyRedeemedOn ?? life.Terms.BusinessDate;

    /// <summary>That date for sentences. The business date is not written out, since a finding stays as it is when that moves on.</summary>
    public string EvaluatedOnText =>
        Life.ValidlyRedeemedOn is { } redeemedOn ? TextFormat.Of(redeemedOn) : "the business date";

    /// <summary>What is asked of the partner; absent where no requirement is in force.</summary>
    public Requirement? Requirement { get; } =
        life.Terms.RequirementOf(life.Voucher.Engagement, life.ValidlyRedeemedOn ?? life.Terms.BusinessDate);

    /// <summary>The competencies one of which is asked for; empty where no requirement is in force.</summary>
    public IReadOnlyList<Alternative> Alternatives => Competency.Alternatives;

    /// <summary>
    /// The competencies whose exams count: those by which the partner qualifies; where it qualifies by none, all
    /// alternatives.
    /// </summary>
    public IReadOnlyList<string> CompetenciesOfExams => Competency.OfExams;

    /// <summary>The alternatives in words, for sentences.</summary>
    public string AlternativesText => Competency.Text;

    /// <summary>The requirement as evidence.</summary>
    public Evidence RequirementEvidence => Competency.Evidence;

    private CompetencyAsked Competency =>
        field ??= new(Voucher.Engagement, Requirement, Partner.Competencies, EvaluatedOn);
}
