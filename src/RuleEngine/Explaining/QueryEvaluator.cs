using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using PlanningServices.RuleEngine.Network;
using PlanningServices.RuleEngine.Network.Queries;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Explaining;

/// <summary>Works a query operator out over all its values at once.</summary>
internal sealed class QueryEvaluator(Func<LambdaExpression, Declaration, object?, object?> evaluate)
{
    public IEnumerable<object?> Results(AggregateElement aggregate, IReadOnlyList<object?> values)
    {
        var source = aggregate.Source.Declaration;
        return aggregate.Kind switch
        {
            AggregateKind.Project => values.Select(value =>
                evaluate(aggregate.ElementSelector!.Expression, source, value)
            ),
            AggregateKind.Flatten => values.SelectMany(value =>
                (
                    (IEnumerable?)evaluate(aggregate.ElementSelector!.Expression, source, value)
                )?.Cast<object?>() ?? []
            ),
            AggregateKind.GroupBy => Generic(nameof(Groups), aggregate, values),
            AggregateKind.Collect when aggregate.IsLookup => Generic(nameof(Lookup), aggregate, values),
            AggregateKind.Collect => Generic(nameof(Collection), aggregate, values),
        };
    }

    private IEnumerable<object?> Generic(
        string method,
        AggregateElement aggregate,
        IReadOnlyList<object?> values
    ) =>
        (IEnumerable<object?>)
            typeof(QueryEvaluator)
                .GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(aggregate.ResultType.GetGenericArguments())
                .Invoke(this, [aggregate, values])!;

    private List<object?> Groups<TKey, TElement>(AggregateElement aggregate, IReadOnlyList<object?> values)
    {
        var groups = new Dictionary<ValueTuple<TKey>, Grouping<TKey, TElement>>();
        foreach (var value in values)
        {
            var key = new ValueTuple<TKey>((TKey)Key(aggregate, value)!);
            if (!groups.TryGetValue(key, out var group))
                groups.Add(key, group = new Grouping<TKey, TElement>(key.Item1));
            group.Add(Element(aggregate, value));
        }
        return groups.Values.ToList<object?>();
    }

    private object?[] Lookup<TKey, TElement>(AggregateElement aggregate, IReadOnlyList<object?> values)
    {
        var lookup = new LookupMembers<TKey, TElement>();
        foreach (var value in values)
        {
            var element = Element(aggregate, value);
            element.Out = new LookupPlace(Key(aggregate, value));
            lookup.Add(element);
        }
        return [lookup];
    }

    private object?[] Collection<TElement>(AggregateElement aggregate, IReadOnlyList<object?> values)
    {
        var members =
            aggregate.SortKeys.Count == 0
                ? new MemberList<TElement>()
                : new SortedMembers<TElement>(SortOrder.Of(aggregate.SortKeys));
        var arrivals = 0;
        foreach (var value in values)
        {
            var keys = aggregate
                .SortKeys.Select(key => evaluate(key.Expression, aggregate.Source.Declaration, value))
                .ToArray();
            members.Add(
                new OneValue(new Fact(value)) { Member = value, Out = new SortPlace(keys, ++arrivals) }
            );
        }
        return [members];
    }

    private object? Key(AggregateElement aggregate, object? value) =>
        evaluate(aggregate.KeySelector!.Expression, aggregate.Source.Declaration, value);

    private OneValue Element(AggregateElement aggregate, object? value) =>
        new(new Fact(value))
        {
            Member = aggregate.ElementSelector is null
                ? value
                : evaluate(aggregate.ElementSelector.Expression, aggregate.Source.Declaration, value),
        };
}
