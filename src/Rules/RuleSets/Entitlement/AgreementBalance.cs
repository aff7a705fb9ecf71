using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Expiry;

namespace PlanningServices.Rules.RuleSets.Entitlement;

/// <summary>
/// What an agreement was granted, what its vouchers drew, and what came back, in days: what the rules of
/// <c>entitlement</c> look at when the rules for grants have fired.
/// </summary>
internal sealed class AgreementBalance : Case<EntitlementOutcome>
{
    public AgreementBalance(
        Agreement agreement,
        IEnumerable<GrantCase> grants,
        IEnumerable<VoucherLife> vouchers,
        PolicyTerms terms
    )
    {
        Agreement = agreement;
        Grants = [.. grants];
        Terms = terms;
        foreach (var grant in Grants)
        {
            Granted += grant.Findings.Count == 0 ? grant.Grant.Days : 0;
            foreach (var finding in grant.Findings)
            {
                Add(finding);
            }
        }

        foreach (var voucher in vouchers)
        {
            Drawn += voucher.Retirement.IsVoidOrCancelled ? 0 : voucher.Voucher.Days;
            Returned += voucher.DaysReturned;
        }
    }

    public override string SubjectId => Agreement.AgreementId;

    public Agreement Agreement { get; }

    /// <summary>All its grants, in ordinal order of their ids.</summary>
    public IReadOnlyList<GrantCase> Grants { get; }

    public PolicyTerms Terms { get; }

    /// <summary>Days granted, without grants that do not count.</summary>
    public int Granted { get; }

    /// <summary>Days of its vouchers that are neither Void nor Cancelled.</summary>
    public int Drawn { get; }

    /// <summary>Days of expired vouchers that came back.</summary>
    public int Returned { get; }

    /// <summary>The days left before any removal; below 0 where more were drawn than granted.</summary>
    public int BeforeRemoval => Granted - Drawn + Returned;
}
