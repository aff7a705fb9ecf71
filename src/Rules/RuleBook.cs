using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Eligibility;
using PlanningServices.Rules.RuleSets.Entitlement;
using PlanningServices.Rules.RuleSets.Expiry;
using PlanningServices.Rules.RuleSets.Payments;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Rules.RuleSets.Retirement;

namespace PlanningServices.Rules;

/// <summary>The six rule sets, compiled. Compiled once, shared between threads, used for any date and any pack.</summary>
public sealed class RuleBook
{
    /// <summary>How each kind of subject is decided on, in the order of the rule sets.</summary>
    internal static readonly IReadOnlyList<IDecisionTable> Tables =
    [
        RetirementRuleSet.Table,
        ExpiryRuleSet.Table,
        EntitlementRuleSet.Table,
        EligibilityRuleSet.Table,
        PaymentRuleSet.Requests,
        PaymentRuleSet.Redemptions,
        ReconciliationRuleSet.Requests,
        ReconciliationRuleSet.Payments,
    ];

    private RuleBook(CompiledRules rules) => Rules = rules;

    internal CompiledRules Rules { get; }

    /// <summary>The finding codes of a rule set, in their order.</summary>
    public static IReadOnlyList<string> CodesOf(RuleSetName ruleSet) =>
        [.. Tables.Where(t => t.RuleSet == ruleSet).SelectMany(t => t.Codes)];

    /// <summary>Compiles the rule classes of this assembly.</summary>
    /// <exception cref="RuleClassException">A rule class cannot decide as it is written.</exception>
    public static RuleBook Compile() =>
        new(
            CompiledRules.Compile(typeof(RuleBook).Assembly.GetTypes(), [.. Tables.SelectMany(t => t.Codes)])
        );

    /// <summary>Opens a session that decides as of one business date under one pack. One thread at a time uses it.</summary>
    /// <exception cref="PolicyNotInForceException">The business date is before the pack's first versions.</exception>
    public DecisionSession Open(PolicyPack pack, ReferenceData reference, DateOnly businessDate)
    {
        new PolicyTerms(pack, businessDate).Check();
        return new(this, pack, new ReferenceView(reference, businessDate), businessDate);
    }
}
