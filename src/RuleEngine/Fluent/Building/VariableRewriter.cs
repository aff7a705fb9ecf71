using System.Linq.Expressions;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

/// <summary>
/// Turns an expression as the rule author wrote it, over captured variables, into one over parameters, and
/// lists the variables it reads in the order in which it reads them.
/// </summary>
internal sealed class VariableRewriter : ExpressionVisitor
{
    private readonly VariableScope _scope;
    private readonly LambdaExpression _source;
    private readonly ParameterExpression? _subjectParameter;
    private readonly Declaration? _subject;
    private readonly List<Declaration> _imports = [];

    private VariableRewriter(
        VariableScope scope,
        LambdaExpression source,
        ParameterExpression? subjectParameter,
        Declaration? subject
    )
    {
        _scope = scope;
        _source = source;
        _subjectParameter = subjectParameter;
        _subject = subject;
    }

    /// <summary>Rewrites <c>() =&gt; …</c>, or <c>x =&gt; …</c> where x is the subject.</summary>
    public static (LambdaExpression Expression, IReadOnlyList<Declaration> Imports) Rewrite(
        VariableScope scope,
        LambdaExpression source,
        Declaration? subject = null
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        var rewriter = new VariableRewriter(
            scope,
            source,
            subject is null ? null : source.Parameters[0],
            subject
        );
        var (body, imports) = rewriter.Rewrite(source.Body);
        if (Array.Find(imports, scope.IsDependency) is { } dependency)
        {
            throw new ArgumentException(
                $"'{Texts.Of(source)}' reads '{dependency.Name}', which is a dependency. Only actions can read dependencies."
            );
        }
        return (
            Supported(source, Expression.Lambda(body, imports.Select(import => import.Parameter))),
            imports
        );
    }

    /// <summary>Rewrites an action, whose first parameter stays.</summary>
    public static (LambdaExpression Expression, IReadOnlyList<Declaration> Imports) RewriteAction(
        VariableScope scope,
        LambdaExpression source,
        Expression body,
        ParameterExpression context
    )
    {
        var rewriter = new VariableRewriter(scope, source, subjectParameter: null, subject: null);
        var (rewritten, imports) = rewriter.Rewrite(body);
        var action = Expression.Lambda(rewritten, [context, .. imports.Select(import => import.Parameter)]);
        return (Supported(source, action), imports);
    }

    private (Expression Body, Declaration[] Imports) Rewrite(Expression body) =>
        (Visit(body), _imports.ToArray());

    private static LambdaExpression Supported(LambdaExpression source, LambdaExpression rewritten)
    {
        ExpressionCheck.Run(source, rewritten);
        return rewritten;
    }

    protected override Expression VisitExtension(Expression node) =>
        node.CanReduce ? base.VisitExtension(node) : throw ExpressionCheck.Unknown(_source, node);

    protected override Expression VisitMember(MemberExpression node)
    {
        var declaration =
            _scope.Find(node.Member, _source)
            ?? (VariableScope.IsCaptured(node) ? _scope.FindByName(node.Member.Name, node.Type) : null);
        if (declaration is null)
            return base.VisitMember(node);
        var parameter = Import(declaration);
        return parameter.Type == node.Type ? parameter : Expression.Convert(parameter, node.Type);
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        if (node != _subjectParameter)
            return node;
        var parameter = Import(_subject!);
        return parameter.Type == node.Type ? parameter : Expression.Convert(parameter, node.Type);
    }

    private ParameterExpression Import(Declaration declaration)
    {
        if (!_imports.Contains(declaration))
            _imports.Add(declaration);
        return declaration.Parameter;
    }
}
