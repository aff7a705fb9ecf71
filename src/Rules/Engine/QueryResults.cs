using System.Collections;
using System.Linq.Expressions;

namespace PlanningServices.Rules.Engine;

/// <summary>A value that a pattern can be bound to.</summary>
/// <param name="Value">A fact, or what a query made of facts.</param>
/// <param name="IsOfSubject">Whether it is the fact that is explained, or the query used that fact for it.</param>
internal sealed record Match(object? Value, bool IsOfSubject = false);

/// <summary>What one step of a query makes of the values that come to it.</summary>
/// <param name="query">The step.</param>
/// <param name="bindings">What is bound so far; the step's own pattern is bound to one value after another.</param>
internal sealed class QueryResults(AggregateElement query, Bindings bindings)
{
    private const string KeyName = AggregateElement.KeySelectorName;

    /// <summary>The results of the step.</summary>
    public static IReadOnlyList<Match> Of(
        AggregateElement query,
        IReadOnlyList<Match> items,
        Bindings bindings
    ) => new QueryResults(query, bindings).Of(items);

    private IReadOnlyList<Match> Of(IReadOnlyList<Match> items) =>
        query.Name switch
        {
            AggregateElement.ProjectName => [.. items.Select(i => i with { Value = Selected(i) })],
            AggregateElement.FlattenName =>
            [
                .. items
                    .SelectMany(i =>
                        ((IEnumerable)Selected(i)!).Cast<object?>().Select(v => i with { Value = v })
                    )
                    .GroupBy(i => i.Value)
                    .Select(same => new Match(same.Key, same.Any(i => i.IsOfSubject))),
            ],
            AggregateElement.GroupByName =>
            [
                .. items.GroupBy(Key).Select(same => Whole(same, Lookup(same).Cast<object>().Single())),
            ],
            AggregateElement.CollectName =>
            [
                Whole(items, query.Expressions.Any(e => e.Name == KeyName) ? Lookup(items) : Sorted(items)),
            ],
            _ => throw new NotSupportedException($"queries by {query.Name} are not known here"),
        };

    private static Match Whole(IEnumerable<Match> items, object value) =>
        new(value, items.Any(i => i.IsOfSubject));

    private object? Selected(Match item) => Evaluate(AggregateElement.SelectorName, item);

    private object? Key(Match item) => Evaluate(KeyName, item);

    private object? Evaluate(string name, Match item) => Evaluate(query.Expressions[name].Expression, item);

    private object? Evaluate(LambdaExpression expression, Match item)
    {
        bindings[query.Source] = item.Value;
        return bindings.Evaluate(expression);
    }

    private Array Sorted(IEnumerable<Match> items)
    {
        // Each sort keeps the order of equals, so the first key sorts last.
        foreach (var (name, key) in query.Expressions.Select(e => (e.Name, e.Expression)).Reverse())
        {
            items =
                name == AggregateElement.KeySelectorAscendingName
                    ? items.OrderBy(i => Evaluate(key, i))
                    : items.OrderByDescending(i => Evaluate(key, i));
        }

        object?[] values = [.. items.Select(i => i.Value)];
        var sorted = Array.CreateInstance(query.Source.ValueType, values.Length);
        Array.Copy(values, sorted, values.Length);
        return sorted;
    }

    private IEnumerable Lookup(IEnumerable<Match> items) =>
        (IEnumerable)
            Activator.CreateInstance(
                typeof(KeyedLookup<,>).MakeGenericType(
                    TypeOf(KeyName),
                    TypeOf(AggregateElement.ElementSelectorName)
                ),
                items.Select(i => (Key(i), Evaluate(AggregateElement.ElementSelectorName, i)))
            )!;

    private Type TypeOf(string name) => query.Expressions[name].Expression.ReturnType;

    private sealed class KeyedLookup<TKey, TElement>(IEnumerable<(object? Key, object? Element)> items)
        : IKeyedLookup<TKey, TElement>
    {
        private readonly ILookup<TKey, TElement> groups = items.ToLookup(
            i => (TKey)i.Key!,
            i => (TElement)i.Element!
        );

        public IEnumerable<TKey> Keys => groups.Select(g => g.Key);

        public int Count => groups.Count;

        public IEnumerable<TElement> this[TKey key] => groups[key];

        public bool Contains(TKey key) => groups.Contains(key);

        public IEnumerator<IGrouping<TKey, TElement>> GetEnumerator() => groups.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
