using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

internal sealed class LeftHandSideBuilder(VariableScope scope) : ILeftHandSideExpression
{
    private readonly List<RuleLeftElement> _elements = [];
    private PatternElement? _latestPattern;

    public IReadOnlyList<RuleLeftElement> Elements => _elements;

    public ILeftHandSideExpression Match<TFact>(
        Expression<Func<TFact>> alias,
        params Expression<Func<TFact, bool>>[] conditions
    )
        where TFact : notnull => Add(Pattern(scope.Bind(alias), conditions));

    public ILeftHandSideExpression Match<TFact>(params Expression<Func<TFact, bool>>[] conditions)
        where TFact : notnull => Add(Pattern(scope.BindAnonymous(typeof(TFact)), conditions));

    public ILeftHandSideExpression Exists<TFact>(params Expression<Func<TFact, bool>>[] conditions)
        where TFact : notnull
    {
        _elements.Add(new ExistsElement(Unbound(conditions)));
        return this;
    }

    public ILeftHandSideExpression Not<TFact>(params Expression<Func<TFact, bool>>[] conditions)
        where TFact : notnull
    {
        _elements.Add(new NotElement(Unbound(conditions)));
        return this;
    }

    public ILeftHandSideExpression All<TFact>(
        Expression<Func<TFact, bool>> baseCondition,
        params Expression<Func<TFact, bool>>[] conditions
    )
        where TFact : notnull => ForAll([baseCondition], conditions);

    public ILeftHandSideExpression All<TFact>(Expression<Func<TFact, bool>> condition)
        where TFact : notnull => ForAll([], [condition]);

    public ILeftHandSideExpression Query<TResult>(
        Expression<Func<TResult>> alias,
        Func<IQuery, IQuery<TResult>> queryExpression
    )
        where TResult : notnull
    {
        ArgumentNullException.ThrowIfNull(queryExpression);
        var query = new QueryBuilder(scope.Inner());
        queryExpression(query);
        var result = scope.Declare(alias);
        var pattern = query.Build(result);
        scope.Bind(result);
        return Add(pattern);
    }

    public ILeftHandSideExpression And(Action<ILeftHandSideExpression> builderAction)
    {
        ArgumentNullException.ThrowIfNull(builderAction);
        var inner = new LeftHandSideBuilder(scope);
        builderAction(inner);
        if (inner.Elements.Count == 0)
            throw new InvalidOperationException("And() has no pattern. Add at least one to it.");
        return Group(new AndElement(inner.Elements), inner);
    }

    public ILeftHandSideExpression Or(Action<ILeftHandSideExpression> builderAction)
    {
        ArgumentNullException.ThrowIfNull(builderAction);
        var alternatives = new AlternativesBuilder(scope);
        builderAction(alternatives);
        if (alternatives.Elements.Count == 0)
            throw new InvalidOperationException("Or() has no alternative. Add at least one to it.");
        alternatives.Close();
        _latestPattern = null;
        _elements.Add(new OrElement(alternatives.Elements));
        return this;
    }

    public ILeftHandSideExpression Let<TResult>(
        Expression<Func<TResult>> alias,
        Expression<Func<TResult>> expression
    )
    {
        var (computation, imports) = VariableRewriter.Rewrite(scope, expression);
        return Add(
            new PatternElement(scope.Bind(alias), new BindingElement(typeof(TResult), computation, imports))
        );
    }

    public ILeftHandSideExpression Having(params Expression<Func<bool>>[] conditions)
    {
        if (_latestPattern is null)
            throw new InvalidOperationException(
                "Having() has no pattern before it to add its conditions to."
            );
        foreach (var condition in conditions)
        {
            var (expression, imports) = VariableRewriter.Rewrite(scope, condition);
            _latestPattern.Add(new ConditionElement(expression, imports));
        }
        return this;
    }

    private LeftHandSideBuilder ForAll<TFact>(
        Expression<Func<TFact, bool>>[] baseConditions,
        Expression<Func<TFact, bool>>[] conditions
    )
    {
        var inner = scope.Inner();
        var basePattern = new PatternElement(inner.BindAnonymous(typeof(TFact)), source: null);
        Conditions.AddTo(basePattern, inner, baseConditions);
        _elements.Add(
            new ForAllElement(basePattern, Conditions.Rewrite(inner, basePattern.Declaration, conditions))
        );
        return this;
    }

    private PatternElement Unbound<TFact>(Expression<Func<TFact, bool>>[] conditions)
    {
        var inner = scope.Inner();
        var pattern = new PatternElement(inner.BindAnonymous(typeof(TFact)), source: null);
        Conditions.AddTo(pattern, inner, conditions);
        return pattern;
    }

    private PatternElement Pattern<TFact>(
        Declaration declaration,
        IEnumerable<Expression<Func<TFact, bool>>> conditions
    )
    {
        var pattern = new PatternElement(declaration, source: null);
        Conditions.AddTo(pattern, scope, conditions);
        return pattern;
    }

    private LeftHandSideBuilder Add(PatternElement pattern)
    {
        _elements.Add(pattern);
        _latestPattern = pattern;
        return this;
    }

    private LeftHandSideBuilder Group(GroupElement group, LeftHandSideBuilder inner)
    {
        _elements.Add(group);
        _latestPattern = inner._latestPattern;
        return this;
    }
}
