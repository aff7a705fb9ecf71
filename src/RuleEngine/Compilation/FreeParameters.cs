using System.Linq.Expressions;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>Finds the parameters that an expression reads and does not declare itself.</summary>
internal sealed class FreeParameters : ExpressionVisitor
{
    private readonly HashSet<ParameterExpression> _own = [];
    private readonly HashSet<ParameterExpression> _free = [];

    private FreeParameters() { }

    public static IReadOnlySet<ParameterExpression> Of(Expression expression)
    {
        var parameters = new FreeParameters();
        parameters.Visit(expression);
        return parameters._free;
    }

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
        if (!_own.Contains(node))
            _free.Add(node);
        return node;
    }
}
