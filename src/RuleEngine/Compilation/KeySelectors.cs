using System.Linq.Expressions;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>What computes the keys of a hash join; compiled when the first row comes, and shared by sessions.</summary>
internal sealed class KeySelectors<TKey>(Expression left, Expression right, Variables variables)
{
    private Func<object?[], TKey>? _left;
    private Func<object?[], TKey>? _right;

    public Func<object?[], TKey> Left => _left ??= variables.Compile<TKey>(left);

    public Func<object?[], TKey> Right => _right ??= variables.Compile<TKey>(right);
}
