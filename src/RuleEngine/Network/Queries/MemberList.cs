using System.Collections;
using System.Diagnostics.CodeAnalysis;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>The members of a collection or a group, in the order in which they came.</summary>
internal abstract class MemberList
{
    private const int MostShown = 5;

    protected Element? First { get; private set; }

    protected Element? Last { get; private set; }

    public int Count { get; protected set; }

    /// <summary>What rules see of the list.</summary>
    public virtual object Shown => this;

    /// <summary>The key of a group; <c>null</c> for a collection.</summary>
    public virtual object? GroupKey => null;

    public virtual IEnumerable<IFact> Facts()
    {
        for (var element = First; element is not null; element = element.Next)
            yield return element.Fact;
    }

    public virtual void Add(Element element)
    {
        element.Next = null;
        element.Previous = Last;
        if (Last is null)
            First = element;
        else
            Last.Next = element;
        Last = element;
        Count++;
    }

    public virtual void Remove(Element element)
    {
        if (element.Previous is null)
            First = element.Next;
        else
            element.Previous.Next = element.Next;
        if (element.Next is null)
            Last = element.Previous;
        else
            element.Next.Previous = element.Previous;
        Count--;
    }

    /// <summary>Takes a removal back; the element still knows its neighbours.</summary>
    public virtual void Restore(Element element)
    {
        if (element.Previous is null)
            First = element;
        else
            element.Previous.Next = element;
        if (element.Next is null)
            Last = element;
        else
            element.Next.Previous = element;
        Count++;
    }

    /// <summary>For messages: the first of the facts.</summary>
    public override string ToString()
    {
        var shown = Facts().Take(MostShown).Select(fact => fact.Value ?? "null");
        var more = Count > MostShown ? $", and {Count - MostShown} more" : "";
        return $"[{string.Join(", ", shown)}{more}]";
    }
}

/// <summary>A live, read-only collection of the members.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Internal; named for what it holds.")]
internal class MemberList<T> : MemberList, ICollection<T>, IReadOnlyCollection<T>
{
    public bool IsReadOnly => true;

    public virtual IEnumerator<T> GetEnumerator()
    {
        for (var element = First; element is not null; element = element.Next)
            yield return (T)element.Member!;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Contains(T item)
    {
        foreach (var member in this)
        {
            if (EqualityComparer<T>.Default.Equals(member, item))
                return true;
        }
        return false;
    }

    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (var member in this)
            array[arrayIndex++] = member;
    }

    void ICollection<T>.Add(T item) => throw ReadOnly();

    void ICollection<T>.Clear() => throw ReadOnly();

    bool ICollection<T>.Remove(T item) => throw ReadOnly();

    private static NotSupportedException ReadOnly() =>
        new("The result of a query follows the facts of the session; change those instead.");
}

/// <summary>A live group of the members with one key.</summary>
internal sealed class Grouping<TKey, TElement>(TKey key) : MemberList<TElement>, IGrouping<TKey, TElement>
{
    public TKey Key { get; } = key;

    public override object? GroupKey => Key;

    public override string ToString() => $"{(object?)Key ?? "null"}: {base.ToString()}";
}
