using PlanningServices.RuleEngine.Fluent.Building;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>
/// Base class of a rule. A rule is a public class with a public constructor; <see cref="Define"/> says when
/// it fires and what it does.
/// </summary>
public abstract class Rule
{
    private RuleBuilder? _builder;

    /// <summary>Writes the rule with <see cref="When"/> and <see cref="Then"/>. Called once, when the rule is loaded.</summary>
    public abstract void Define();

    /// <summary>Names the rule, in place of its attribute.</summary>
    /// <param name="value">The name.</param>
    protected void Name(string value) => Builder.Name = value;

    /// <summary>Sets the priority of the rule, in place of its attribute.</summary>
    /// <param name="value">The priority.</param>
    protected void Priority(int value) => Builder.Priority = value;

    /// <summary>Writes the services that the actions use.</summary>
    /// <returns>The builder.</returns>
    protected IDependencyExpression Dependency() => Builder.Dependencies;

    /// <summary>Writes the conditions.</summary>
    /// <returns>The builder.</returns>
    protected ILeftHandSideExpression When() => Builder.LeftHandSide;

    /// <summary>Writes what decides whether a match is put on the agenda.</summary>
    /// <returns>The builder.</returns>
    protected IFilterExpression Filter() => Builder.Filters;

    /// <summary>Writes the actions.</summary>
    /// <returns>The builder.</returns>
    protected IRightHandSideExpression Then() => Builder.RightHandSide;

    private RuleBuilder Builder =>
        _builder
        ?? throw new InvalidOperationException("A rule is written inside Define(), while it is loaded.");

    internal void Write(RuleBuilder builder)
    {
        _builder = builder;
        try
        {
            Define();
        }
        finally
        {
            _builder = null;
        }
    }
}
