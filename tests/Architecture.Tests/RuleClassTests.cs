using NRules.Fluent;
using NRules.Fluent.Dsl;
using PlanningServices.Rules;

namespace PlanningServices.Architecture.Tests;

/// <summary>What every rule class is like.</summary>
public sealed class RuleClassTests
{
    public static TheoryData<string> Rules { get; } =
    [
        .. typeof(RuleBook)
            .Assembly.GetTypes()
            .Where(t => typeof(Rule).IsAssignableFrom(t))
            .Select(t => t.FullName!),
    ];

    [Fact]
    public void There_is_one_for_each_finding_code() =>
        Assert.True(Rules.Count >= 42, $"{Rules.Count} rule classes");

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_a_sealed_class_in_the_folder_of_its_rule_set(string name)
    {
        var rule = RuleOf(name);

        Assert.True(rule.IsSealed);
        Assert.Contains(rule.Namespace, RuleSets.All);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_says_its_name_its_code_and_what_it_looks_for(string name)
    {
        var rule = new RuleMetadata(RuleOf(name));

        Assert.NotEqual(name, rule.Name);
        // One that only prepares a fact for another rule has no code.
        Assert.True(rule.Tags.Length <= 1);
        Assert.All(rule.Tags, tag => Assert.Matches("^[A-Z]{3}(-[A-Z]+)+$", tag));
        Assert.EndsWith(".", rule.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_codes_are_told_once()
    {
        var rules = Rules.Select(row => new RuleMetadata(RuleOf(row.Data))).ToList();

        Assert.Equal(rules.Count, rules.Select(r => r.Name).Distinct().Count());
        Assert.Distinct(rules.SelectMany(r => r.Tags));
    }

    private static Type RuleOf(string name) => typeof(RuleBook).Assembly.GetType(name, throwOnError: true)!;
}
