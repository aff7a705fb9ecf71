using System.Linq.Expressions;

namespace PlanningServices.RuleEngine.RuleModel;

/// <summary>A variable of a rule: what a pattern, a binding or a dependency is bound to.</summary>
public sealed class Declaration
{
    internal Declaration(Type type, string name, bool isAnonymous = false)
    {
        Type = type;
        Name = name;
        IsAnonymous = isAnonymous;
        Parameter = Expression.Parameter(type, name);
    }

    /// <summary>The type of the variable.</summary>
    public Type Type { get; }

    /// <summary>The name of the variable; a generated one when the pattern is not bound to a variable.</summary>
    public string Name { get; }

    /// <summary>Whether the rule gave no variable for the pattern.</summary>
    internal bool IsAnonymous { get; }

    /// <summary>The parameter that stands for the variable in every expression of the rule.</summary>
    internal ParameterExpression Parameter { get; }

    /// <summary>The parameter that stands for the variable in the rule's expressions.</summary>
    /// <returns>The same parameter every time.</returns>
    public ParameterExpression ToParameterExpression() => Parameter;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
