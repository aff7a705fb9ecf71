using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Expiry;

namespace PlanningServices.Rules.RuleSets.Entitlement;

/// <summary>How many days has the agreement left? Subject: every agreement.</summary>
internal static class EntitlementRuleSet
{
    public static readonly DecisionTable<AgreementBalance, EntitlementOutcome> Table = new(
        RuleSetName.Entitlement,
        SubjectType.Agreement,
        otherwise: EntitlementOutcome.Open,
        values: balance => new EntitlementValues(
            balance.Granted,
            balance.Drawn,
            balance.Returned,
            balance.Outcome is EntitlementOutcome.Removed ? 0 : balance.BeforeRemoval
        ),
        basis: balance =>
            [
                Evidence.Of("granted", balance.Granted),
                Evidence.Of("drawn", balance.Drawn),
                Evidence.Of("returned", balance.Returned),
                Evidence.Of("balance before removal", balance.BeforeRemoval),
                Evidence.Of(balance.Terms.AccrualEndedOn),
                Evidence.Of(balance.Terms.ConversionEndedOn),
                Evidence.Of(balance.Terms.DaysRemovedOn),
            ]
    )
    {
        { "ENT-ACCRUAL-ENDED", null },
        { "ENT-CONVERSION-ENDED", null },
        { "ENT-OVERDRAWN", EntitlementOutcome.Overdrawn },
        { "ENT-DAYS-REMOVED", EntitlementOutcome.Removed },
    };

    /// <summary>A case for each grant, in their order.</summary>
    public static List<GrantCase> GrantsOf(CustomerFacts facts, PolicyTerms terms) =>
        [.. facts.Grants.Select(g => new GrantCase(g, terms))];

    /// <summary>A case for each agreement, in their order.</summary>
    public static List<AgreementBalance> CasesOf(
        CustomerFacts facts,
        IEnumerable<GrantCase> grants,
        IEnumerable<VoucherLife> vouchers,
        PolicyTerms terms
    )
    {
        var grantsOf = grants.ToLookup(g => g.Grant.AgreementId, StringComparer.Ordinal);
        var vouchersOf = vouchers.ToLookup(v => v.Voucher.AgreementId, StringComparer.Ordinal);
        return
        [
            .. facts.Agreements.Select(a => new AgreementBalance(
                a,
                grantsOf[a.AgreementId],
                vouchersOf[a.AgreementId],
                terms
            )),
        ];
    }
}
