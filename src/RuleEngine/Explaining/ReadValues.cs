using System.Linq.Expressions;
using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.Diagnostics;

namespace PlanningServices.RuleEngine.Explaining;

/// <summary>Finds what an expression reads, and reads it again.</summary>
internal static class ReadValues
{
    public static IReadOnlyList<ReadValue> Of(Expression expression, Variables variables, object?[] bindings)
    {
        var finder = new Finder();
        finder.Visit(expression);
        var values = new List<ReadValue>();
        foreach (var read in finder.Reads)
        {
            var text = Text(read);
            if (!values.Exists(value => string.Equals(value.Expression, text, StringComparison.Ordinal)))
                values.Add(new ReadValue(text, Evaluate(read, variables, bindings)));
        }
        return values;
    }

    private static object? Evaluate(Expression read, Variables variables, object?[] bindings)
    {
        try
        {
            return variables.Compile<object?>(read)(bindings);
        }
        catch (Exception exception)
        {
            // A value that cannot be read is told by what happens when it is.
            return $"({exception.GetType().Name})";
        }
    }

    /// <summary>A captured variable reads as its name, without the class the compiler keeps it in.</summary>
    private static string Text(Expression read) =>
        read switch
        {
            MemberExpression { Expression: ConstantExpression or null } captured => captured.Member.Name,
            MemberExpression member => $"{Text(member.Expression!)}.{member.Member.Name}",
            UnaryExpression { NodeType: ExpressionType.Convert } convert => Text(convert.Operand),
            _ => read.ToString(),
        };

    /// <summary>Whole chains of members are read, not their beginnings.</summary>
    private sealed class Finder : ExpressionVisitor
    {
        private readonly HashSet<ParameterExpression> _inner = [];

        public List<Expression> Reads { get; } = [];

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            _inner.UnionWith(node.Parameters);
            return base.VisitLambda(node);
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            if (!IsChain(node))
                return base.VisitMember(node);
            if (Root(node) is not ParameterExpression parameter || !_inner.Contains(parameter))
                Reads.Add(node);
            return node;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            if (!_inner.Contains(node) && (node.Type.IsValueType || node.Type == typeof(string)))
                Reads.Add(node);
            return node;
        }

        private static bool IsChain(MemberExpression node) =>
            Root(node) is ParameterExpression or ConstantExpression or null;

        private static Expression? Root(MemberExpression node)
        {
            Expression? root = node;
            while (true)
            {
                switch (root)
                {
                    case MemberExpression member:
                        root = member.Expression;
                        break;
                    case UnaryExpression { NodeType: ExpressionType.Convert } convert:
                        root = convert.Operand;
                        break;
                    default:
                        return root;
                }
            }
        }
    }
}
