using System.Runtime.CompilerServices;
using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Eligibility;
using PlanningServices.Rules.RuleSets.Entitlement;
using PlanningServices.Rules.RuleSets.Expiry;
using PlanningServices.Rules.RuleSets.Payments;
using PlanningServices.Rules.RuleSets.Qualification;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Rules.RuleSets.Retirement;

namespace PlanningServices.Rules;

/// <summary>The rule sets, compiled. Compiled once, shared between threads, used for any date and any pack.</summary>
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
        QualificationRuleSet.Table,
    ];

    private readonly ConditionalWeakTable<IReadOnlyList<PackRule>, CompiledRules> withPackRules = [];

    private static readonly Lazy<RuleBook> Compiled = new(() =>
        new(CompiledRules.Compile(typeof(RuleBook).Assembly.GetTypes(), [.. Tables.SelectMany(t => t.Codes)]))
    );

    private RuleBook(CompiledRules rules) => Rules = rules;

    /// <summary>Stands for the rules of the program as they were compiled: another build of other code has another.</summary>
    public static string Hash => typeof(RuleBook).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>The rules of the program, without those of any pack.</summary>
    internal CompiledRules Rules { get; }

    /// <summary>The finding codes of a rule set, in their order; those of a pack last.</summary>
    public static IReadOnlyList<string> CodesOf(RuleSetName ruleSet, PolicyPack? pack = null) =>
        [
            .. Tables.Where(t => t.RuleSet == ruleSet).SelectMany(t => t.Codes),
            .. (pack?.Rules ?? [])
                .Where(r => r.RuleSet == ruleSet)
                .SelectMany(r => r.Codes)
                .Select(c => c.Code),
        ];

    /// <summary>The rule classes of this assembly. They are compiled once in a process.</summary>
    /// <exception cref="RuleClassException">A rule class cannot decide as it is written.</exception>
    public static RuleBook Compile() => Compiled.Value;

    /// <summary>Opens a session that decides as of one business date under one pack. One thread at a time uses it.</summary>
    /// <exception cref="PolicyNotInForceException">The business date is before the pack's first versions.</exception>
    public DecisionSession Open(PolicyPack pack, ReferenceData reference, DateOnly businessDate)
    {
        new PolicyTerms(pack, businessDate).Check();
        return new(
            pack.Rules.Count == 0 ? Rules : withPackRules.GetValue(pack.Rules, With),
            pack,
            new ReferenceView(reference, businessDate),
            businessDate
        );
    }

    /// <summary>The rules with those of a pack; compiled once for a pack, however often it is opened.</summary>
    private CompiledRules With(IReadOnlyList<PackRule> added) =>
        Rules.With(
            added
                .Cast<SubjectRule>()
                .GroupBy(r => Tables.First(t => t.RuleSet == r.RuleSet && t.Subject == r.Subject))
                .ToDictionary(g => g.Key, g => g.ToArray())
        );
}
