namespace PlanningServices.Rules.Facts;

/// <summary>A partner who delivers engagements.</summary>
/// <param name="PartnerId">Key.</param>
/// <param name="Name">The partner's name, for people.</param>
public sealed record Partner(string PartnerId, string Name);

/// <summary>A partner's office; vouchers are reserved and paid under one.</summary>
/// <param name="LocationId">Key.</param>
/// <param name="PartnerId">The partner whose office it is.</param>
/// <param name="Country">ISO 3166 alpha-2 code.</param>
public sealed record PartnerLocation(string LocationId, string PartnerId, string Country);

/// <summary>A competency a partner holds at a level, between dates.</summary>
/// <param name="PartnerId">The partner who holds it.</param>
/// <param name="Competency">The competency's name without its level, such as <c>Windows and Devices</c>.</param>
/// <param name="Level">The level held.</param>
/// <param name="FromOn">First day held.</param>
/// <param name="ToOn">Last day held, inclusive; absent if it has no end.</param>
public sealed record PartnerCompetency(
    string PartnerId,
    string Competency,
    CompetencyLevel Level,
    DateOnly FromOn,
    DateOnly? ToOn
)
{
    /// <summary>Whether the partner holds it on a date; both ends are inclusive.</summary>
    public bool IsHeldOn(BusinessDate date) => FromOn <= date && (ToOn is null || date <= ToOn);
}

/// <summary>The level of a competency; gold satisfies silver.</summary>
public enum CompetencyLevel
{
    /// <summary>Silver (<c>silver</c>).</summary>
    Silver,

    /// <summary>Gold (<c>gold</c>).</summary>
    Gold,
}

/// <summary>A partner's yearly enrolment in an offering.</summary>
/// <param name="PartnerId">The partner enrolled.</param>
/// <param name="Offering">The offering's code, such as <c>DDPS</c>.</param>
/// <param name="SignedOn">First day of the enrolment.</param>
/// <param name="EndsOn">Last day, inclusive; absent while it has no end.</param>
public sealed record Enrollment(string PartnerId, string Offering, DateOnly SignedOn, DateOnly? EndsOn)
{
    /// <summary>Whether it covers a date; both ends are inclusive.</summary>
    public bool Covers(BusinessDate date) => SignedOn <= date && (EndsOn is null || date <= EndsOn);
}

/// <summary>A person who delivers engagements for a partner.</summary>
/// <param name="ConsultantId">Key.</param>
/// <param name="PartnerId">The partner the consultant works for.</param>
public sealed record Consultant(string ConsultantId, string PartnerId);

/// <summary>An assessment or exam of a competency that a consultant passed.</summary>
/// <param name="ConsultantId">Who passed.</param>
/// <param name="Competency">The competency examined.</param>
/// <param name="PassedOn">The day it was passed.</param>
public sealed record ConsultantExam(string ConsultantId, string Competency, DateOnly PassedOn);
