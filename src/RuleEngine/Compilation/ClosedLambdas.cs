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
    public static bool IsClosed(LambdaExpression lambda)
    {
        var finder = new FreeParameterFinder();
        finder.Visit(lambda);
        return !finder.Found;
    }

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

    private sealed class FreeParameterFinder : ExpressionVisitor
    {
        private readonly HashSet<ParameterExpression> _own = [];

        public bool Found { get; private set; }

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            _own.UnionWith(node.Parameters);
            return base.VisitLambda(node);
        }

        protected override Expression VisitBlock(BlockExpression node)
        {
            _own.UnionWith(node.Variables);
            return base.VisitBlock(node);
        }

        protected override CatchBlock VisitCatchBlock(CatchBlock node)
        {
            if (node.Variable is not null)
                _own.Add(node.Variable);
            return base.VisitCatchBlock(node);
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found |= !_own.Contains(node);
            return node;
        }
    }
}
