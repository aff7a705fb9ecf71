using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Eligibility;
using PlanningServices.Rules.Entitlement;
using PlanningServices.Rules.Expiry;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Reconciliation;
using PlanningServices.Rules.Retirement;

namespace PlanningServices.Rules;

/// <summary>The six rule sets, compiled. Compiled once, shared between threads, used for any date and any pack.</summary>
public sealed class RuleBook
{
    private RuleBook() { }

    internal CompiledRuleSet Retirement { get; } =
        CompiledRuleSet.Compile<RetirementRuleSet>(RuleSetName.Retirement, RetirementRuleSet.Table.Codes);

    internal CompiledRuleSet Expiry { get; } =
        CompiledRuleSet.Compile<ExpiryRuleSet>(RuleSetName.Expiry, ExpiryRuleSet.Table.Codes);

    internal CompiledRuleSet Entitlement { get; } =
        CompiledRuleSet.Compile<EntitlementRuleSet>(RuleSetName.Entitlement, EntitlementRuleSet.Table.Codes);

    internal CompiledRuleSet Eligibility { get; } =
        CompiledRuleSet.Compile<EligibilityRuleSet>(RuleSetName.Eligibility, EligibilityRuleSet.Table.Codes);

    internal CompiledRuleSet Payment { get; } =
        CompiledRuleSet.Compile<PaymentRuleSet>(
            RuleSetName.Payment,
            [.. PaymentRuleSet.Requests.Codes, .. PaymentRuleSet.Redemptions.Codes]
        );

    internal CompiledRuleSet Reconciliation { get; } =
        CompiledRuleSet.Compile<ReconciliationRuleSet>(
            RuleSetName.Reconciliation,
            [.. ReconciliationRuleSet.Requests.Codes, .. ReconciliationRuleSet.Payments.Codes]
        );

    /// <summary>All finding codes, rule set by rule set.</summary>
    internal IEnumerable<string> Codes =>
        new[] { Retirement, Expiry, Entitlement, Eligibility, Payment, Reconciliation }
            .SelectMany(ruleSet => ruleSet.Rules)
            .Select(rule => rule.Tags.Single());

    /// <summary>The finding codes of a rule set, in their order.</summary>
    public IReadOnlyList<string> CodesOf(RuleSetName ruleSet) =>
        [
            .. (
                ruleSet switch
                {
                    RuleSetName.Retirement => Retirement,
                    RuleSetName.Expiry => Expiry,
                    RuleSetName.Entitlement => Entitlement,
                    RuleSetName.Eligibility => Eligibility,
                    RuleSetName.Payment => Payment,
                    RuleSetName.Reconciliation => Reconciliation,
                }
            ).Rules.Select(rule => rule.Tags.Single()),
        ];

    /// <summary>Compiles the rule classes of this assembly.</summary>
    public static RuleBook Compile() => new();

    /// <summary>Opens a session that decides as of one business date under one pack. One thread at a time uses it.</summary>
    /// <exception cref="PolicyNotInForceException">The business date is before the pack's first versions.</exception>
    public DecisionSession Open(PolicyPack pack, ReferenceData reference, DateOnly businessDate) =>
        new(this, new PolicyTerms(pack, businessDate), reference);
}
