using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Testing;

/// <summary>Chooses the rule that an expectation is about.</summary>
/// <typeparam name="TVerification">What can be expected of it.</typeparam>
public interface IRulesFiringVerification<out TVerification>
{
    /// <summary>The only rule under test.</summary>
    /// <returns>What can be expected of it.</returns>
    /// <exception cref="ArgumentException">There are more rules, or none.</exception>
    TVerification Rule();

    /// <summary>The rule of a class.</summary>
    /// <typeparam name="TRule">The class.</typeparam>
    /// <returns>What can be expected of it.</returns>
    /// <exception cref="ArgumentException">No rule under test is of the class.</exception>
    TVerification Rule<TRule>()
        where TRule : Rule;

    /// <summary>The rule of a class.</summary>
    /// <param name="ruleType">The class.</param>
    /// <returns>What can be expected of it.</returns>
    /// <exception cref="ArgumentException">No rule under test is of the class.</exception>
    TVerification Rule(Type ruleType);

    /// <summary>The rule with a name.</summary>
    /// <param name="ruleName">The name, compared exactly.</param>
    /// <returns>What can be expected of it.</returns>
    /// <exception cref="ArgumentException">No rule under test has the name.</exception>
    TVerification Rule(string ruleName);
}

/// <summary>Chooses the rules that are expected to fire, in whatever order.</summary>
public interface IRulesFiringVerification : IRulesFiringVerification<IQualifiedRuleFiringVerification>;

/// <summary>Chooses, one by one, the rules that are expected to fire in a sequence.</summary>
public interface IRuleSequenceFiringVerification : IRulesFiringVerification<IRuleFiringVerification>;

/// <summary>What can be expected of a rule at its place in a sequence.</summary>
public interface IRuleFiringVerification
{
    /// <summary>It fires, once, on facts among which there is one for each expectation.</summary>
    /// <param name="constraints">The expectations.</param>
    void Fired(params FactConstraint[] constraints);
}

/// <summary>What can be expected of a rule among all that fired.</summary>
public interface IQualifiedRuleFiringVerification : IRuleFiringVerification
{
    /// <summary>It fires a number of times on facts among which there is one for each expectation.</summary>
    /// <param name="times">How often.</param>
    /// <param name="constraints">The expectations.</param>
    void Fired(Times times, params FactConstraint[] constraints);
}
