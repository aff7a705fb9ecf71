using NRules.Fluent;
using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests;

public class RuleSetTests
{
    private static readonly CompiledRuleSet[] RuleSets =
    [
        Books.Rules.Retirement,
        Books.Rules.Expiry,
        Books.Rules.Entitlement,
        Books.Rules.Eligibility,
        Books.Rules.Payment,
        Books.Rules.Reconciliation,
    ];

    /// <summary>That every code has a rule is checked when the rule sets are compiled.</summary>
    [Fact]
    public void Every_rule_class_has_its_code_in_a_table_of_its_rule_set() =>
        Assert.Equal(
            typeof(RuleBook)
                .Assembly.GetTypes()
                .Where(t => t.BaseType?.Name == "Rule")
                .Select(t => t.FullName)
                .Order(StringComparer.Ordinal),
            RuleSets
                .SelectMany(r => r.Rules)
                .Select(r => ((Type)r.Properties[RuleProperties.ClrType]).FullName)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_rule_says_in_a_sentence_what_it_looks_for() =>
        Assert.All(
            RuleSets.SelectMany(r => r.Rules),
            rule => Assert.Matches(@"^[A-Z].*\.$", rule.Description)
        );
}
