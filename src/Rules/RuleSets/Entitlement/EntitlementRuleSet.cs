using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Expiry;

namespace PlanningServices.Rules.RuleSets.Entitlement;

/// <summary>How many days has the agreement left? Subject: every agreement.</summary>
internal static class EntitlementRuleSet
{
    private static readonly Vocabulary<AgreementBalance> Vocabulary = new Vocabulary<AgreementBalance>(b =>
        b.Terms
    )
        .With(FactFields.Agreement, b => b.Agreement)
        .With("entitlement.granted", b => b.Granted, "days granted, without grants that do not count", "20")
        .With(
            "entitlement.drawn",
            b => b.Drawn,
            "days of its vouchers that are neither Void nor Cancelled",
            "15"
        )
        .With("entitlement.returned", b => b.Returned, "days of expired vouchers that came back", "5")
        .With("entitlement.balance", b => b.BeforeRemoval, "the days left before any removal", "10")
        .WithAll(
            "vouchers",
            ExpiryRuleSet.Vouchers,
            "the customer's vouchers",
            b => b.Customer!.All<VoucherLife>()
        )
        .WithAll(
            "agreements",
            FactFields.Agreement,
            "the customer's agreements, this one too",
            b => b.Customer!.Facts.Agreements
        )
        .WithAll(
            "entitlement_grants",
            FactFields.Grant,
            "the customer's grants",
            b => b.Customer!.Facts.Grants
        );

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
            ],
        Vocabulary
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
