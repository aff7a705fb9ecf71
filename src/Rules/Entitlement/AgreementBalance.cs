using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Entitlement;

/// <summary>
/// What an agreement was granted, what its vouchers drew, and what came back, in days: what the rules of
/// <c>entitlement</c> look at when the grants that do not count are out.
/// </summary>
public sealed class AgreementBalance
{
    private readonly PolicyTerms terms;

    internal AgreementBalance(Agreement agreement, int granted, int drawn, int returned, PolicyTerms terms)
    {
        this.terms = terms;
        Agreement = agreement;
        Granted = granted;
        Drawn = drawn;
        Returned = returned;
        BeforeRemoval = granted - drawn + returned;
    }

    /// <summary>The agreement.</summary>
    public Agreement Agreement { get; }

    /// <summary>The agreement's key: the subject of a finding.</summary>
    public string AgreementId => Agreement.AgreementId;

    /// <summary>Days granted, without grants that do not count.</summary>
    public int Granted { get; }

    /// <summary>Days of its vouchers that are neither Void nor Cancelled.</summary>
    public int Drawn { get; }

    /// <summary>Days of expired vouchers that came back.</summary>
    public int Returned { get; }

    /// <summary>The days left before any removal; below 0 where more were drawn than granted.</summary>
    public int BeforeRemoval { get; }

    /// <summary>The date the agreement is decided as of.</summary>
    public DateOnly BusinessDate => terms.BusinessDate;

    /// <summary>The day the remaining days are removed.</summary>
    public PolicyValue<DateOnly> DaysRemovedOn => terms.DaysRemovedOn;
}
