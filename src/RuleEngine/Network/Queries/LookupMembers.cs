using System.Collections;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>A live lookup: the members of a collection, grouped by key.</summary>
internal sealed class LookupMembers<TKey, TElement> : MemberList, IKeyedLookup<TKey, TElement>
{
    private readonly Dictionary<ValueTuple<TKey>, Grouping<TKey, TElement>> _groups = [];

    public override object Shown => this;

    public IEnumerable<TKey> Keys => _groups.Keys.Select(key => key.Item1);

    int ILookup<TKey, TElement>.Count => _groups.Count;

    public IEnumerable<TElement> this[TKey key] => _groups.TryGetValue(new(key), out var group) ? group : [];

    public bool Contains(TKey key) => _groups.ContainsKey(new(key));

    public override IEnumerable<IFact> Facts() => _groups.Values.SelectMany(group => group.Facts());

    public override void Add(Element element)
    {
        var key = Key(element);
        if (!_groups.TryGetValue(key, out var group))
            _groups.Add(key, group = new Grouping<TKey, TElement>(key.Item1));
        group.Add(element);
        Count++;
    }

    public override void Remove(Element element)
    {
        var key = Key(element);
        var group = _groups[key];
        group.Remove(element);
        if (group.Count == 0)
            _groups.Remove(key);
        Count--;
    }

    public override void Restore(Element element)
    {
        if (_groups.TryGetValue(Key(element), out var group))
        {
            group.Restore(element);
            Count++;
        }
        else
            Add(element);
    }

    public IEnumerator<IGrouping<TKey, TElement>> GetEnumerator() => _groups.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ValueTuple<TKey> Key(Element element) => new((TKey)((LookupPlace)element.Out!).Key!);
}
