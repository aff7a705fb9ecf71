using System.Linq.Expressions;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>What computes the keys of a hash join; compiled when the first row comes, and shared by sessions.</summary>
internal sealed class KeySelectors<TKey>(
    Expression left,
    Expression right,
    ParameterExpression rightVariable,
    Variables variables
)
{
    private Func<object?[], TKey>? _left;
    private Func<object?, TKey>? _right;

    /// <summary>The key of a partial match, from the values of its variables.</summary>
    public Func<object?[], TKey> Left => _left ??= variables.Compile<TKey>(left);

    /// <summary>The key of a fact, from its value.</summary>
    public Func<object?, TKey> Right => _right ??= variables.CompileAlone<TKey>(right, rightVariable);
}
