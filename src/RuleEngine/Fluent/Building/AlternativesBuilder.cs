using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

/// <summary>Writes the alternatives of an Or: each call is one, with variables of its own.</summary>
internal sealed class AlternativesBuilder(VariableScope scope) : ILeftHandSideExpression
{
    private readonly List<RuleLeftElement> _elements = [];
    private readonly List<VariableScope> _innerScopes = [];

    public IReadOnlyList<RuleLeftElement> Elements => _elements;

    public ILeftHandSideExpression Match<TFact>(
        Expression<Func<TFact>> alias,
        params Expression<Func<TFact, bool>>[] conditions
    )
        where TFact : notnull => Add(branch => branch.Match(alias, conditions));

    public ILeftHandSideExpression Match<TFact>(params Expression<Func<TFact, bool>>[] conditions)
        where TFact : notnull => Add(branch => branch.Match(conditions));

    public ILeftHandSideExpression Exists<TFact>(params Expression<Func<TFact, bool>>[] conditions)
        where TFact : notnull => Add(branch => branch.Exists(conditions));

    public ILeftHandSideExpression Not<TFact>(params Expression<Func<TFact, bool>>[] conditions)
        where TFact : notnull => Add(branch => branch.Not(conditions));

    public ILeftHandSideExpression All<TFact>(
        Expression<Func<TFact, bool>> baseCondition,
        params Expression<Func<TFact, bool>>[] conditions
    )
        where TFact : notnull => Add(branch => branch.All(baseCondition, conditions));

    public ILeftHandSideExpression All<TFact>(Expression<Func<TFact, bool>> condition)
        where TFact : notnull => Add(branch => branch.All(condition));

    public ILeftHandSideExpression Query<TResult>(
        Expression<Func<TResult>> alias,
        Func<IQuery, IQuery<TResult>> queryExpression
    )
        where TResult : notnull => Add(branch => branch.Query(alias, queryExpression));

    public ILeftHandSideExpression And(Action<ILeftHandSideExpression> builderAction) =>
        Add(branch => branch.And(builderAction));

    public ILeftHandSideExpression Or(Action<ILeftHandSideExpression> builderAction) =>
        Add(branch => branch.Or(builderAction));

    public ILeftHandSideExpression Let<TResult>(
        Expression<Func<TResult>> alias,
        Expression<Func<TResult>> expression
    ) => Add(branch => branch.Let(alias, expression));

    public ILeftHandSideExpression Having(params Expression<Func<bool>>[] conditions) =>
        throw new InvalidOperationException(
            "Having() directly inside Or() has no pattern to add its conditions to. Put both inside And()."
        );

    private AlternativesBuilder Add(Action<LeftHandSideBuilder> write)
    {
        var inner = scope.Inner();
        var branch = new LeftHandSideBuilder(inner);
        write(branch);
        _elements.Add(branch.Elements is [var only] ? only : new AndElement(branch.Elements));
        _innerScopes.Add(inner);
        return this;
    }

    /// <summary>Makes what the alternatives bound visible after the group.</summary>
    public void Close()
    {
        foreach (var inner in _innerScopes)
            scope.Adopt(inner);
    }
}
