using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Entitlement;

/// <summary>A grant beside the dates on which its sources ended.</summary>
internal sealed class GrantCase(EntitlementGrant grant, PolicyTerms terms)
{
    public EntitlementGrant Grant { get; } = grant;

    public string GrantId => Grant.GrantId;

    public string AgreementId => Grant.AgreementId;

    public GrantSource Source => Grant.Source;

    public DateOnly GrantedOn => Grant.GrantedOn;

    public int Days => Grant.Days;

    public PolicyValue<DateOnly> AccrualEndedOn => terms.AccrualEndedOn;

    public PolicyValue<DateOnly> ConversionEndedOn => terms.ConversionEndedOn;
}

/// <summary>A grant whose days do not count, because a rule found something against it.</summary>
internal sealed class RefusedGrant(EntitlementGrant grant)
{
    public EntitlementGrant Grant { get; } = grant;
}
