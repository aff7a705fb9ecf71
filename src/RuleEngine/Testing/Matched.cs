using System.Linq.Expressions;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Testing;

/// <summary>What a fact of a firing is expected to be.</summary>
public abstract class FactConstraint
{
    private protected FactConstraint(string text) => Text = text;

    internal string Text { get; }

    internal abstract bool IsSatisfiedBy(IFactMatch fact);

    internal abstract void Tell(IFactMatch fact);
}

/// <summary>What a fact of a type is expected to be.</summary>
/// <typeparam name="TFact">The type; derived types count.</typeparam>
public sealed class FactConstraint<TFact> : FactConstraint
{
    private readonly Func<TFact, bool> _isExpected;
    private readonly List<Action<TFact>> _callbacks = [];

    internal FactConstraint(string text, Func<TFact, bool> isExpected)
        : base(text) => _isExpected = isExpected;

    /// <summary>Hands over the fact of each firing that meets all expectations of its facts, to look closer.</summary>
    /// <param name="callback">Takes the fact; what it throws, the verification throws.</param>
    /// <returns>The expectation.</returns>
    public FactConstraint<TFact> Callback(Action<TFact> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _callbacks.Add(callback);
        return this;
    }

    internal override bool IsSatisfiedBy(IFactMatch fact) =>
        fact.Value switch
        {
            TFact value => _isExpected(value),
            null => fact.Declaration.Type.IsAssignableTo(typeof(TFact)) && _isExpected(default!),
            _ => false,
        };

    internal override void Tell(IFactMatch fact) =>
        _callbacks.ForEach(callback => callback((TFact)fact.Value!));
}

/// <summary>Expectations about the facts of a firing.</summary>
public static class Matched
{
    /// <summary>A fact of a type.</summary>
    /// <typeparam name="TFact">The type.</typeparam>
    /// <returns>The expectation.</returns>
    public static FactConstraint<TFact> Fact<TFact>() => new($"a {typeof(TFact).Name}", _ => true);

    /// <summary>A fact equal to a value.</summary>
    /// <typeparam name="TFact">The type.</typeparam>
    /// <param name="factValue">The value.</param>
    /// <returns>The expectation.</returns>
    public static FactConstraint<TFact> Fact<TFact>(TFact factValue) =>
        new($"'{factValue}'", fact => EqualityComparer<TFact>.Default.Equals(fact, factValue));

    /// <summary>A fact for which a condition holds.</summary>
    /// <typeparam name="TFact">The type.</typeparam>
    /// <param name="predicateExpression">The condition.</param>
    /// <returns>The expectation.</returns>
    public static FactConstraint<TFact> Fact<TFact>(Expression<Func<TFact, bool>> predicateExpression)
    {
        ArgumentNullException.ThrowIfNull(predicateExpression);
        return new($"a {typeof(TFact).Name} with {predicateExpression.Body}", predicateExpression.Compile());
    }
}
