#nullable enable
using System.Linq.Expressions;
using System.Reflection;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

internal sealed class CompiledRule
{
    public IRuleDefinition Definition { get; }
    public List<Branch> Branches { get; } = [];
    public List<(ActionElement Element, Action<IContext, object?[]> Run)> Actions { get; } = [];
    public List<(FilterElement Element, Func<object?[], object?> Run)> Filters { get; } = [];
    public Dictionary<Declaration, int> Slots { get; } = [];
    public HashSet<Type> Types { get; } = [];

    public CompiledRule(IRuleDefinition definition)
    {
        Definition = definition;
        foreach (var elements in Alternatives(definition.LeftHandSide))
            Branches.Add(new Branch(elements));
        foreach (var b in Branches)
        foreach (var e in b.Elements)
            Visit(e);
        foreach (var d in definition.DependencyGroup.Dependencies)
            Slots[d.Declaration] = Slots.Count;
        foreach (var action in definition.RightHandSide.Actions)
        {
            var ctx = action.Expression.Parameters[0];
            var env = Expression.Parameter(typeof(object?[]));
            var body = new Env(this, env).Visit(action.Expression.Body);
            Actions.Add((action, Expression.Lambda<Action<IContext, object?[]>>(body, ctx, env).Compile()));
        }
        foreach (var filter in definition.FilterGroup.Filters)
            Filters.Add((filter, Compile(filter.Expression)));
    }

    private void Visit(RuleLeftElement? e)
    {
        switch (e)
        {
            case PatternElement p:
                Slots.TryAdd(p.Declaration, Slots.Count);
                if (p.Source is null)
                    Types.Add(p.ValueType);
                Visit(p.Source);
                break;
            case ExistsElement x:
                Visit(x.Source);
                break;
            case NotElement x:
                Visit(x.Source);
                break;
            case ForAllElement x:
                Visit(x.BasePattern);
                break;
            case AggregateElement a:
                Visit(a.Source);
                break;
        }
    }

    private static IEnumerable<List<RuleLeftElement>> Alternatives(RuleLeftElement element) =>
        element switch
        {
            AndElement and => and.ChildElements.Aggregate(
                (IEnumerable<List<RuleLeftElement>>)
                    [
                        [],
                    ],
                (acc, child) =>
                    acc.SelectMany(left => Alternatives(child).Select(right => left.Concat(right).ToList()))
                        .ToList()
            ),
            OrElement or => or.ChildElements.SelectMany(Alternatives),
            _ =>
            [
                [element],
            ],
        };

    private readonly Dictionary<LambdaExpression, Func<object?[], object?>> _cache = [];

    public Func<object?[], object?> Compile(LambdaExpression lambda)
    {
        if (_cache.TryGetValue(lambda, out var f))
            return f;
        var env = Expression.Parameter(typeof(object?[]));
        var body = Expression.Convert(new Env(this, env).Visit(lambda.Body), typeof(object));
        return _cache[lambda] = Expression.Lambda<Func<object?[], object?>>(body, env).Compile();
    }

    private sealed class Env(CompiledRule rule, ParameterExpression env) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node)
        {
            foreach (var (d, slot) in rule.Slots)
                if (d.Parameter == node)
                    return Expression.Convert(
                        Expression.ArrayIndex(env, Expression.Constant(slot)),
                        node.Type
                    );
            return node;
        }
    }
}

internal sealed class Branch(List<RuleLeftElement> elements)
{
    public List<RuleLeftElement> Elements { get; } = elements;
}

internal sealed class Handle(object value) : IFact
{
    public object Value { get; set; } = value;
    public int Version { get; set; }
    public IFactSource? Source { get; set; }
    public Type? Type => Value.GetType();
    object? IFact.Value => Value;
}

internal readonly record struct Result(object? Value, object? Key, object?[] Content);

internal sealed class Naive(List<Handle> facts)
{
    public IEnumerable<(object?[] Env, object?[] Key, object?[] Content, Result[] Results)> Matches(
        CompiledRule rule,
        Branch branch
    ) => Enumerate(rule, branch.Elements, 0, new object?[rule.Slots.Count], [], [], []);

    private IEnumerable<(object?[], object?[], object?[], Result[])> Enumerate(
        CompiledRule rule,
        List<RuleLeftElement> elements,
        int i,
        object?[] env,
        object?[] key,
        object?[] content,
        Result[] results
    )
    {
        if (i == elements.Count)
        {
            yield return ((object?[])env.Clone(), key, content, results);
            yield break;
        }
        switch (elements[i])
        {
            case PatternElement p:
                foreach (var r in Results(rule, p, env).ToList())
                {
                    env[rule.Slots[p.Declaration]] = r.Value;
                    foreach (
                        var m in Enumerate(
                            rule,
                            elements,
                            i + 1,
                            env,
                            [.. key, r.Key],
                            [.. content, .. r.Content],
                            [.. results, r]
                        )
                    )
                        yield return m;
                }
                break;
            case NotElement n:
                if (!Results(rule, n.Source, env).Any())
                    foreach (var m in Enumerate(rule, elements, i + 1, env, key, content, results))
                        yield return m;
                break;
            case ExistsElement n:
                if (Results(rule, n.Source, env).Any())
                    foreach (var m in Enumerate(rule, elements, i + 1, env, key, content, results))
                        yield return m;
                break;
            case ForAllElement n:
                var slot = rule.Slots[n.BasePattern.Declaration];
                if (
                    Results(rule, n.BasePattern, env)
                        .All(r =>
                        {
                            env[slot] = r.Value;
                            return n.Conditions.All(c => (bool)rule.Compile(c.Expression)(env)!);
                        })
                )
                    foreach (var m in Enumerate(rule, elements, i + 1, env, key, content, results))
                        yield return m;
                break;
        }
    }

    private List<Result> Results(CompiledRule rule, PatternElement p, object?[] env)
    {
        var slot = rule.Slots[p.Declaration];
        var list = new List<Result>();
        foreach (var r in Source(rule, p, env))
        {
            env[slot] = r.Value;
            var ok = true;
            foreach (var c in p.Conditions)
                if (!(bool)rule.Compile(c.Expression)(env)!)
                {
                    ok = false;
                    break;
                }
            if (ok)
                list.Add(r);
        }
        return list;
    }

    private IEnumerable<Result> Source(CompiledRule rule, PatternElement p, object?[] env)
    {
        switch (p.Source)
        {
            case BindingElement b:
                var value = rule.Compile(b.Expression)(env);
                return [new Result(value, "let", [value])];
            case AggregateElement a:
                return Aggregate(rule, a, Results(rule, a.Source, env), env);
            default:
                return facts
                    .Where(f => p.ValueType.IsInstanceOfType(f.Value))
                    .Select(f => new Result(f.Value, f, [f, f.Version]));
        }
    }

    private static readonly MethodInfo CollectM = typeof(Naive).GetMethod(
        nameof(Typed),
        BindingFlags.Static | BindingFlags.NonPublic
    )!;
    private static readonly MethodInfo GroupM = typeof(Naive).GetMethod(
        nameof(Group),
        BindingFlags.Static | BindingFlags.NonPublic
    )!;
    private static readonly MethodInfo LookupM = typeof(Naive).GetMethod(
        nameof(Lookup),
        BindingFlags.Static | BindingFlags.NonPublic
    )!;

    private static T[] Typed<T>(IEnumerable<object?> values) => values.Cast<T>().ToArray();

    private static object Group<TKey, TElement>(object? key, IEnumerable<object?> values) =>
        values.Cast<TElement>().GroupBy(_ => (TKey)key!).Single();

    private static object Lookup<TKey, TElement>(IEnumerable<(object? Key, object? Element)> pairs) =>
        new KeyedLookup<TKey, TElement>(pairs.ToLookup(x => (TKey)x.Key!, x => (TElement)x.Element!));

    private sealed class KeyedLookup<TKey, TElement>(ILookup<TKey, TElement> inner)
        : IKeyedLookup<TKey, TElement>
    {
        public IEnumerable<TKey> Keys => inner.Select(g => g.Key);
        public int Count => inner.Count;
        public IEnumerable<TElement> this[TKey key] => inner[key];

        public bool Contains(TKey key) => inner.Contains(key);

        public IEnumerator<IGrouping<TKey, TElement>> GetEnumerator() => inner.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() =>
            inner.GetEnumerator();
    }

    private static List<Result> Aggregate(
        CompiledRule rule,
        AggregateElement a,
        List<Result> source,
        object?[] env
    )
    {
        var slot = rule.Slots[a.Source.Declaration];
        object? Eval(LambdaExpression e, object? v)
        {
            env[slot] = v;
            return rule.Compile(e)(env);
        }
        switch (a.Kind)
        {
            case AggregateKind.Project:
                return source
                    .Select(r =>
                    {
                        var v = Eval(a.ElementSelector!.Expression, r.Value);
                        return new Result(v, r.Key, r.Content);
                    })
                    .ToList();
            case AggregateKind.Flatten:
                return source
                    .SelectMany(r =>
                        ((System.Collections.IEnumerable)Eval(a.ElementSelector!.Expression, r.Value)!)
                            .Cast<object?>()
                            .Select((v, n) => new Result(v, (r.Key, n), r.Content))
                            .ToList()
                    )
                    .ToList();
            case AggregateKind.GroupBy:
                var args = a.ResultType.GetGenericArguments();
                return source
                    .GroupBy(r => Eval(a.KeySelector!.Expression, r.Value))
                    .Select(g => new Result(
                        GroupM
                            .MakeGenericMethod(args)
                            .Invoke(
                                null,
                                [
                                    g.Key,
                                    g.Select(r =>
                                            a.ElementSelector is null
                                                ? r.Value
                                                : Eval(a.ElementSelector.Expression, r.Value)
                                        )
                                        .ToList(),
                                ]
                            ),
                        ("group", g.Key),
                        g.SelectMany(r => r.Content).ToArray()
                    ))
                    .ToList();
            default:
                var content = source.SelectMany(r => r.Content).ToArray();
                IEnumerable<Result> sorted = source;
                foreach (var s in a.SortKeys.Reverse())
                    sorted =
                        s.Direction == SortDirection.Ascending
                            ? sorted.OrderBy(r => Eval(s.Expression, r.Value)).ToList()
                            : sorted.OrderByDescending(r => Eval(s.Expression, r.Value)).ToList();
                if (a.IsLookup)
                {
                    var pairs = sorted
                        .Select(r =>
                            (
                                Eval(a.KeySelector!.Expression, r.Value),
                                a.ElementSelector is null
                                    ? r.Value
                                    : Eval(a.ElementSelector.Expression, r.Value)
                            )
                        )
                        .ToList();
                    return
                    [
                        new Result(
                            LookupM
                                .MakeGenericMethod(a.ResultType.GetGenericArguments())
                                .Invoke(null, [pairs]),
                            "lookup",
                            content
                        ),
                    ];
                }
                return
                [
                    new Result(
                        CollectM
                            .MakeGenericMethod(a.ResultType.GetGenericArguments()[0])
                            .Invoke(null, [sorted.Select(r => r.Value)]),
                        "collect",
                        content
                    ),
                ];
        }
    }
}
