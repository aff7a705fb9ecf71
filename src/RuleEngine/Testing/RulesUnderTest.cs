namespace PlanningServices.RuleEngine.Testing;

/// <summary>The rules under test, found by class or name.</summary>
public interface IRulesUnderTest
{
    /// <summary>The rules.</summary>
    IReadOnlyCollection<RuleInfo> Rules { get; }

    /// <summary>The rule of a class.</summary>
    /// <param name="ruleType">The class.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">No rule under test is of the class.</exception>
    RuleInfo GetRuleInfo(Type ruleType);

    /// <summary>The rule with a name.</summary>
    /// <param name="ruleName">The name, compared exactly.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">No rule under test has the name.</exception>
    RuleInfo GetRuleInfo(string ruleName);

    /// <summary>The only rule under test.</summary>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">There are more rules, or none.</exception>
    RuleInfo GetSingle();
}

internal sealed class RulesUnderTest(IReadOnlyCollection<RuleInfo> rules) : IRulesUnderTest
{
    public IReadOnlyCollection<RuleInfo> Rules => rules;

    public RuleInfo GetRuleInfo(Type ruleType)
    {
        ArgumentNullException.ThrowIfNull(ruleType);
        return One(rule => rule.Type == ruleType, $"is of class '{ruleType}'");
    }

    public RuleInfo GetRuleInfo(string ruleName)
    {
        ArgumentNullException.ThrowIfNull(ruleName);
        return One(
            rule => string.Equals(rule.Definition.Name, ruleName, StringComparison.Ordinal),
            $"is named '{ruleName}'"
        );
    }

    public RuleInfo GetSingle() =>
        rules.Count == 1
            ? rules.Single()
            : throw new ArgumentException(
                $"{rules.Count} rules are under test. Name the class of the one that is meant: Rule<T>()."
            );

    private RuleInfo One(Func<RuleInfo, bool> isMeant, string meant)
    {
        var found = rules.Where(isMeant).ToArray();
        return found is [var only]
            ? only
            : throw new ArgumentException($"No rule under test {meant}. Add it with Setup.Rule.");
    }
}
