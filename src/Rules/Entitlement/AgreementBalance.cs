using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Entitlement;

/// <summary>What an agreement was granted, what its vouchers drew, and what came back; in days.</summary>
internal sealed class AgreementBalance(
    string agreementId,
    int granted,
    int drawn,
    int returned,
    PolicyTerms terms
)
{
    public string AgreementId => agreementId;

    public int Granted => granted;

    public int Drawn => drawn;

    public int Returned => returned;

    /// <summary>The days left before any removal; below 0 where more were drawn than granted.</summary>
    public int BeforeRemoval { get; } = granted - drawn + returned;

    public DateOnly BusinessDate => terms.BusinessDate;

    public PolicyValue<DateOnly> DaysRemovedOn => terms.DaysRemovedOn;
}
