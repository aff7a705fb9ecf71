using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Entitlement;

/// <summary>
/// A grant beside the dates on which its sources ended: what the rules of <c>entitlement</c> look at first, before
/// the balance is drawn.
/// </summary>
public sealed class GrantCase
{
    private readonly PolicyTerms terms;

    internal GrantCase(EntitlementGrant grant, PolicyTerms terms)
    {
        Grant = grant;
        this.terms = terms;
    }

    /// <summary>The grant.</summary>
    public EntitlementGrant Grant { get; }

    /// <summary>The grant's key.</summary>
    public string GrantId => Grant.GrantId;

    /// <summary>The agreement it is on: the subject of a finding.</summary>
    public string AgreementId => Grant.AgreementId;

    /// <summary>Where the days come from.</summary>
    public GrantSource Source => Grant.Source;

    /// <summary>The day they were granted.</summary>
    public DateOnly GrantedOn => Grant.GrantedOn;

    /// <summary>How many.</summary>
    public int Days => Grant.Days;

    /// <summary>The date the agreement is decided as of.</summary>
    public DateOnly BusinessDate => terms.BusinessDate;

    /// <summary>First day without accrual.</summary>
    public PolicyValue<DateOnly> AccrualEndedOn => terms.AccrualEndedOn;

    /// <summary>First day without conversion of training vouchers.</summary>
    public PolicyValue<DateOnly> ConversionEndedOn => terms.ConversionEndedOn;
}

/// <summary>
/// A grant whose days do not count. A rule that finds something against a grant yields this beside its finding.
/// </summary>
/// <param name="Grant">The grant.</param>
public sealed record RefusedGrant(EntitlementGrant Grant);
