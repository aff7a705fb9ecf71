using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

/// <summary>
/// Collects the operators of a query. The elements are made at the end, because only then is it known which
/// of them carries the variable of the query.
/// </summary>
internal sealed class QueryBuilder(VariableScope scope) : IQuery, IQueryBuilder
{
    private readonly List<Step> _steps = [];

    public IQueryBuilder Builder => this;

    public void FactQuery<TFact>(Expression<Func<TFact, bool>>[] conditions) =>
        Begin(
            new Step(typeof(TFact), (_, declaration) => new PatternElement(declaration, source: null)),
            conditions
        );

    public void From<TSource>(Expression<Func<TSource>> source) =>
        Begin(
            new Step(
                typeof(TSource),
                (_, declaration) =>
                {
                    var (computation, imports) = VariableRewriter.Rewrite(scope, source);
                    return new PatternElement(
                        declaration,
                        new BindingElement(typeof(TSource), computation, imports)
                    );
                }
            ),
            []
        );

    public void Where<TSource>(Expression<Func<TSource, bool>>[] conditions) =>
        Latest.Conditions.AddRange(conditions);

    public void Select<TSource, TResult>(Expression<Func<TSource, TResult>> selector) =>
        Aggregate<TResult>(
            AggregateKind.Project,
            (aggregate, source) => aggregate.ElementSelector = Rewrite(source, selector)
        );

    public void SelectMany<TSource, TResult>(Expression<Func<TSource, IEnumerable<TResult>>> selector) =>
        Aggregate<TResult>(
            AggregateKind.Flatten,
            (aggregate, source) => aggregate.ElementSelector = Rewrite(source, selector)
        );

    public void GroupBy<TSource, TKey, TElement>(
        Expression<Func<TSource, TKey>> keySelector,
        Expression<Func<TSource, TElement>>? elementSelector
    ) =>
        Aggregate<IGrouping<TKey, TElement>>(
            AggregateKind.GroupBy,
            (aggregate, source) =>
            {
                aggregate.KeySelector = Rewrite(source, keySelector);
                aggregate.ElementSelector = elementSelector is null ? null : Rewrite(source, elementSelector);
            }
        );

    public void Collect<TSource>() => Aggregate<IEnumerable<TSource>>(AggregateKind.Collect, (_, _) => { });

    public void ToLookup<TSource, TKey, TElement>(
        Expression<Func<TSource, TKey>> keySelector,
        Expression<Func<TSource, TElement>>? elementSelector
    )
    {
        Latest.ResultType = typeof(IKeyedLookup<TKey, TElement>);
        Latest.Modifiers.Add(
            (aggregate, source) =>
            {
                aggregate.IsLookup = true;
                aggregate.ResultType = typeof(IKeyedLookup<TKey, TElement>);
                aggregate.KeySelector = Rewrite(source, keySelector);
                aggregate.ElementSelector = elementSelector is null ? null : Rewrite(source, elementSelector);
            }
        );
    }

    public void OrderBy<TSource, TKey>(
        Expression<Func<TSource, TKey>> keySelector,
        SortDirection sortDirection
    )
    {
        if (!HasOrder(typeof(TKey)))
        {
            throw new NotSupportedException(
                $"'{Texts.Of(keySelector)}' cannot be sorted by: {typeof(TKey).Name} has no order. "
                    + "Sort by something it has, or let it implement IComparable."
            );
        }
        Latest.Modifiers.Add(
            (aggregate, source) =>
            {
                var (expression, imports) = VariableRewriter.Rewrite(scope, keySelector, source.Declaration);
                aggregate.Add(new SortKeyElement(expression, imports, sortDirection));
            }
        );
    }

    /// <summary>What an object or an interface holds may have an order.</summary>
    private static bool HasOrder(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(object)
            || plain.IsInterface
            || plain.IsAssignableTo(typeof(IComparable))
            || plain.IsAssignableTo(typeof(IComparable<>).MakeGenericType(plain));
    }

    /// <summary>Makes the elements; the last carries the variable.</summary>
    public PatternElement Build(Declaration result)
    {
        PatternElement? pattern = null;
        foreach (var step in _steps)
        {
            var declaration = step == _steps[^1] ? result : scope.BindAnonymous(step.ResultType);
            pattern = step.Build(pattern, declaration);
            Conditions.AddTo(pattern, scope, step.Conditions);
        }
        return pattern
            ?? throw new InvalidOperationException("The query is empty. Start it with Match() or From().");
    }

    private Step Latest =>
        _steps.Count > 0
            ? _steps[^1]
            : throw new InvalidOperationException("The query is empty. Start it with Match() or From().");

    private void Begin(Step step, IEnumerable<LambdaExpression> conditions)
    {
        if (_steps.Count > 0)
            throw new InvalidOperationException(
                "The query already has a start: Match() or From() comes once, first."
            );
        step.Conditions.AddRange(conditions);
        _steps.Add(step);
    }

    private void Aggregate<TResult>(AggregateKind kind, Action<AggregateElement, PatternElement> configure)
    {
        _ = Latest;
        var modifiers = new List<Action<AggregateElement, PatternElement>> { configure };
        _steps.Add(
            new Step(
                typeof(TResult),
                (source, declaration) =>
                {
                    var aggregate = new AggregateElement(kind, typeof(TResult), source!);
                    foreach (var modifier in modifiers)
                        modifier(aggregate, source!);
                    return new PatternElement(declaration, aggregate);
                }
            )
            {
                Modifiers = modifiers,
            }
        );
    }

    private ConditionElement Rewrite(PatternElement source, LambdaExpression selector) =>
        Building.Conditions.Rewrite(scope, source.Declaration, selector);

    private sealed class Step(Type resultType, Func<PatternElement?, Declaration, PatternElement> build)
    {
        public Type ResultType { get; set; } = resultType;

        public Func<PatternElement?, Declaration, PatternElement> Build { get; } = build;

        public List<LambdaExpression> Conditions { get; } = [];

        public List<Action<AggregateElement, PatternElement>> Modifiers { get; init; } = [];
    }
}
