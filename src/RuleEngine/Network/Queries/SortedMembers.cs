using System.Reflection;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>The keys by which an element is sorted, and its place among equals.</summary>
internal sealed record SortPlace(object?[] Keys, long Arrival);

/// <summary>How keys are sorted: as LINQ does, by the order of their type.</summary>
internal static class SortOrder
{
    public static Comparison<object?>[] Of(IEnumerable<SortKeyElement> keys) => keys.Select(Of).ToArray();

    private static Comparison<object?> Of(SortKeyElement key) =>
        (Comparison<object?>)
            typeof(SortOrder)
                .GetMethod(nameof(By), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(key.Expression.ReturnType)
                .Invoke(null, [key.Direction])!;

    private static Comparison<object?> By<TKey>(SortDirection direction) =>
        direction == SortDirection.Ascending
            ? static (x, y) => Comparer<TKey>.Default.Compare((TKey)x!, (TKey)y!)
            : static (x, y) => Comparer<TKey>.Default.Compare((TKey)y!, (TKey)x!);
}

/// <summary>A live collection in the order of sort keys; equal keys are in the order of arrival.</summary>
internal sealed class SortedMembers<T>(Comparison<object?>[] orders) : MemberList<T>
{
    private readonly List<Element> _sorted = [];

    public override IEnumerable<IFact> Facts() => _sorted.Select(element => element.Fact);

    public override void Add(Element element)
    {
        _sorted.Insert(~Find(element), element);
        Count++;
    }

    public override void Remove(Element element)
    {
        _sorted.RemoveAt(Find(element));
        Count--;
    }

    public override void Restore(Element element) => Add(element);

    public override IEnumerator<T> GetEnumerator()
    {
        foreach (var element in _sorted)
            yield return (T)element.Member!;
    }

    private int Find(Element element)
    {
        var place = (SortPlace)element.Out!;
        var low = 0;
        var high = _sorted.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Compare((SortPlace)_sorted[middle].Out!, place);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private int Compare(SortPlace x, SortPlace y)
    {
        for (var i = 0; i < orders.Length; i++)
        {
            var order = orders[i](x.Keys[i], y.Keys[i]);
            if (order != 0)
                return order;
        }
        return x.Arrival.CompareTo(y.Arrival);
    }
}
