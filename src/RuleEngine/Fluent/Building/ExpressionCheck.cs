using System.Linq.Expressions;
using System.Reflection;

namespace PlanningServices.RuleEngine.Fluent.Building;

/// <summary>
/// Refuses the expressions that rules cannot run, when the rule is written: expressions are compiled much later,
/// when the first fact needs them. The C# compiler lets one such form through, a variable of the rule passed by
/// reference; the others are put together by hand.
/// </summary>
internal sealed class ExpressionCheck : ExpressionVisitor
{
    private readonly LambdaExpression _source;
    private readonly LambdaExpression _rewritten;
    private readonly HashSet<ParameterExpression> _known;
    private ParameterExpression? _unknown;
    private bool _isMadeByHand;

    private ExpressionCheck(LambdaExpression source, LambdaExpression rewritten)
    {
        _source = source;
        _rewritten = rewritten;
        _known = [.. rewritten.Parameters];
    }

    /// <summary>Throws when an expression cannot be run.</summary>
    /// <param name="source">As the author wrote it, to name it.</param>
    /// <param name="rewritten">Over parameters.</param>
    public static void Run(LambdaExpression source, LambdaExpression rewritten)
    {
        var check = new ExpressionCheck(source, rewritten);
        check.Visit(rewritten.Body);
        if (check._isMadeByHand)
            check.TryCompile();
        else if (check._unknown is { } unknown)
            throw check.NotSupported(
                $"It reads parameter '{unknown.Name}', which belongs to another expression."
            );
    }

    public static NotSupportedException Unknown(LambdaExpression source, Expression node) =>
        new(
            $"'{Texts.Of(source)}' is not supported. It holds a {node.GetType().Name}, which is not known here."
        );

    public override Expression? Visit(Expression? node)
    {
        _isMadeByHand |=
            node
                is BlockExpression
                    or LoopExpression
                    or GotoExpression
                    or LabelExpression
                    or SwitchExpression
                    or TryExpression
                    or DynamicExpression
                    or RuntimeVariablesExpression
                    or BinaryExpression { NodeType: ExpressionType.Assign or >= ExpressionType.AddAssign }
                    or UnaryExpression
                    {
                        NodeType: >= ExpressionType.PreIncrementAssign
                            and <= ExpressionType.PostDecrementAssign
                    };
        return base.Visit(node);
    }

    protected override Expression VisitLambda<T>(Expression<T> node)
    {
        var own = node.Parameters.Where(_known.Add).ToArray();
        base.VisitLambda(node);
        _known.ExceptWith(own);
        return node;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        if (!_known.Contains(node))
            _unknown ??= node;
        return node;
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        CheckArguments(node.Arguments, node.Method);
        return base.VisitMethodCall(node);
    }

    protected override Expression VisitNew(NewExpression node)
    {
        CheckArguments(node.Arguments, node.Constructor);
        return base.VisitNew(node);
    }

    protected override Expression VisitInvocation(InvocationExpression node)
    {
        CheckArguments(node.Arguments, node.Expression.Type.GetMethod("Invoke"));
        return base.VisitInvocation(node);
    }

    private void CheckArguments(IEnumerable<Expression> arguments, MethodBase? method)
    {
        foreach (var (argument, parameter) in arguments.Zip(method?.GetParameters() ?? []))
        {
            if (parameter is not { ParameterType.IsByRef: true, IsIn: false })
                continue;
            if (Holder(argument) is { } variable && _rewritten.Parameters.Contains(variable))
            {
                throw NotSupported(
                    $"It passes '{variable.Name}' by reference, and what is written to it would be lost: "
                        + "the variables of a rule can only be read."
                );
            }
        }
    }

    /// <summary>The variable whose own memory an expression names: itself, or a field of a structure in it.</summary>
    private static ParameterExpression? Holder(Expression expression) =>
        expression switch
        {
            ParameterExpression variable => variable,
            UnaryExpression { NodeType: ExpressionType.Convert } convert => Holder(convert.Operand),
            MemberExpression { Expression: { Type.IsValueType: true } owner } => Holder(owner),
            _ => null,
        };

    /// <summary>The variables are replaced by what cannot be written to, as they are later.</summary>
    private void TryCompile()
    {
        try
        {
            Expression.Lambda(new ReadOnly(_rewritten.Parameters).Visit(_rewritten.Body)).Compile();
        }
        catch (Exception exception)
        {
            throw NotSupported(exception.Message, exception);
        }
    }

    private NotSupportedException NotSupported(string why, Exception? cause = null) =>
        new($"'{Texts.Of(_source)}' is not supported. {why}", cause);

    private sealed class ReadOnly(IReadOnlyCollection<ParameterExpression> variables) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) =>
            variables.Contains(node) ? Expression.Default(node.Type) : node;
    }
}
