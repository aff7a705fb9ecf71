namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>A value on its way through a query.</summary>
internal abstract class Element
{
    /// <summary>Holds the value: a fact of the session, or one made by the query.</summary>
    public abstract Fact Fact { get; }

    public abstract object? Value { get; }

    /// <summary>Whether it passed the conditions after the operator that made it.</summary>
    public bool IsLive { get; set; }

    /// <summary>What the next operator made of it.</summary>
    public object? Out { get; set; }

    /// <summary>What stands for it in a group or a collection.</summary>
    public object? Member { get; set; }

    /// <summary>Neighbours in the order of arrival.</summary>
    public Element? Next { get; set; }
    public Element? Previous { get; set; }

    /// <summary>For a result of the query: its row at the next step.</summary>
    public int Token { get; set; }
}

/// <summary>A value that stands for itself.</summary>
internal sealed class OneValue(Fact fact) : Element
{
    public override Fact Fact => fact;

    public override object? Value => fact.Value;
}

/// <summary>A result that stands for many values; it is handed on when a batch is in.</summary>
internal sealed class Summary(MemberList members) : Element
{
    private QueryFact? _fact;

    /// <summary>Made when it is first asked for: most groups do not pass the conditions on them.</summary>
    public override Fact Fact => _fact ??= new QueryFact(members.Shown, members);

    public override object? Value => members.Shown;

    public MemberList Members => members;

    /// <summary>Forgets it once it has no members; <c>null</c> when it stays.</summary>
    public IGroupOwner? Owner { get; init; }

    public bool IsDirty { get; set; }
}

/// <summary>What keeps groups by key.</summary>
internal interface IGroupOwner
{
    void Add(Summary group);

    void Remove(Summary group);
}
