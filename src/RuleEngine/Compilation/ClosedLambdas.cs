using System.Linq.Expressions;
using System.Reflection;
using PlanningServices.RuleEngine.Extensibility;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>
/// Compiles the lambdas within an expression that read nothing from around them, once. Otherwise each evaluation would
/// make the delegate anew, at several times the cost of what it computes.
/// </summary>
internal sealed class ClosedLambdas(IExpressionCompiler compiler) : ExpressionVisitor
{
    /// <summary>Whether a lambda reads its own parameters only.</summary>
    public static bool IsClosed(LambdaExpression lambda) => FreeParameters.Of(lambda).Count == 0;

    protected override Expression VisitLambda<T>(Expression<T> node)
    {
        var visited = (Expression<T>)base.VisitLambda(node);
        return IsClosed(visited) ? Expression.Constant(Compile(visited), visited.Type) : visited;
    }

    /// <summary>A quoted lambda is wanted as an expression.</summary>
    protected override Expression VisitUnary(UnaryExpression node) =>
        node.NodeType == ExpressionType.Quote ? node : base.VisitUnary(node);

    private Delegate Compile<T>(Expression<T> lambda) =>
        (Delegate)
            typeof(IExpressionCompiler)
                .GetMethod(nameof(IExpressionCompiler.Compile))!
                .MakeGenericMethod(typeof(T))
                .Invoke(compiler, BindingFlags.DoNotWrapExceptions, binder: null, [lambda], culture: null)!;
}
