using System.Runtime.InteropServices;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// The facts that matches own. What actions do with them waits until the action has ended, and then reaches
/// the rules set by set.
/// </summary>
internal sealed class LinkedFacts(Session session) : IJournaled
{
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Request(LinkedFactAction Action, LinkedFact Fact, object? Value);

    private readonly List<Request> _requests = [];

    // Requests before this one have reached the rules; they are kept until the call is final.
    private int _first;

    public bool AnyWaits => _first < _requests.Count;

    /// <summary>The facts a match owns, in the order in which it yielded them.</summary>
    public static IEnumerable<LinkedFact> Of(Activation owner)
    {
        for (var fact = owner.Linked; fact is not null; fact = fact.NextOfOwner)
            yield return fact;
    }

    public static LinkedFact? Find(Activation owner, object key)
    {
        var fact = owner.Linked;
        while (fact is not null && !fact.Key.Equals(key))
            fact = fact.NextOfOwner;
        return fact;
    }

    public void Insert(Activation owner, object key, object value)
    {
        if (Find(owner, key) is not null)
        {
            throw new ArgumentException(
                $"Rule '{owner.Rule.Name}' has already linked a fact under key '{key}'. Use UpdateLinked().",
                nameof(key)
            );
        }
        var fact = new LinkedFact(key, value, owner);
        Link(owner, fact);
        session.Journal.Add(new Change(this, ChangeKind.ItemAdded, 0, Item: owner, Old: fact));
        Enqueue(new Request(LinkedFactAction.Insert, fact, value));
    }

    public void Update(Activation owner, object key, object value) =>
        Enqueue(new Request(LinkedFactAction.Update, Get(owner, key), value));

    public void Retract(Activation owner, object key)
    {
        var fact = Get(owner, key);
        Unlink(owner, fact);
        session.Journal.Add(new Change(this, ChangeKind.ItemRemoved, 0, Item: owner, Old: fact));
        Enqueue(new Request(LinkedFactAction.Retract, fact, Value: null));
    }

    /// <summary>The match went away, and what it owns with it.</summary>
    public void RetractAll(Activation owner)
    {
        if (owner.Linked is null)
            return;
        foreach (var fact in Of(owner))
            Enqueue(new Request(LinkedFactAction.Retract, fact, Value: null));
        session.Journal.Add(new Change(this, ChangeKind.StateSet, 0, Item: owner, Old: owner.Linked));
        owner.Linked = null;
    }

    /// <summary>The match is the same as one before, and owns what that owned.</summary>
    public void TakeOver(Activation owner, Activation before)
    {
        owner.Linked = before.Linked;
        if (owner.Linked is null)
            return;
        session.Journal.Add(new Change(this, ChangeKind.StateSet, 0, Item: before, Old: before.Linked));
        before.Linked = null;
    }

    /// <summary>Brings what waits to the rules, and what that makes wait, until nothing does.</summary>
    public void Propagate(List<ILinkedFactSet>? done)
    {
        while (AnyWaits)
        {
            var set = NextSet();
            _first += set.Length;
            session.Journal.Add(new Change(this, ChangeKind.ItemMoved, set.Length));
            var (action, facts) = (set[0].Action, Array.ConvertAll(set, request => request.Fact));
            done?.Add(new LinkedFactSet(action, facts));
            switch (action)
            {
                case LinkedFactAction.Insert:
                    session.InsertLinked(facts);
                    break;
                case LinkedFactAction.Update:
                    foreach (var (_, fact, value) in set)
                        session.UpdateLinked(fact, value!);
                    break;
                case LinkedFactAction.Retract:
                    session.RetractLinked(facts);
                    break;
            }
        }
    }

    /// <summary>Forgets the requests that have reached the rules; they cannot be taken back any more.</summary>
    public void Trim()
    {
        if (_first == 0)
            return;
        _requests.RemoveRange(0, _first);
        _first = 0;
    }

    public void Clear()
    {
        _requests.Clear();
        _first = 0;
    }

    /// <summary>The requests of one kind that wait first.</summary>
    private Request[] NextSet()
    {
        var end = _first + 1;
        while (end < _requests.Count && _requests[end].Action == _requests[_first].Action)
            end++;
        return _requests.GetRange(_first, end - _first).ToArray();
    }

    private void Enqueue(Request request)
    {
        _requests.Add(request);
        session.Journal.Add(new Change(this, ChangeKind.ItemChanged, Row: 0));
    }

    private static LinkedFact Get(Activation owner, object key) =>
        Find(owner, key)
        ?? throw new ArgumentException(
            $"Rule '{owner.Rule.Name}' has linked no fact under key '{key}'. Use InsertLinked().",
            nameof(key)
        );

    private static void Link(Activation owner, LinkedFact fact)
    {
        if (owner.Linked is null)
        {
            owner.Linked = fact;
            return;
        }
        var last = owner.Linked;
        while (last.NextOfOwner is not null)
            last = last.NextOfOwner;
        last.NextOfOwner = fact;
    }

    private static void Unlink(Activation owner, LinkedFact fact)
    {
        if (owner.Linked == fact)
        {
            owner.Linked = fact.NextOfOwner;
            return;
        }
        var before = owner.Linked!;
        while (before.NextOfOwner != fact)
            before = before.NextOfOwner!;
        before.NextOfOwner = fact.NextOfOwner;
    }

    /// <summary>Takes <see cref="Unlink"/> back: the fact still knows the one after it.</summary>
    private static void Relink(Activation owner, LinkedFact fact)
    {
        if (owner.Linked == fact.NextOfOwner)
        {
            owner.Linked = fact;
            return;
        }
        var before = owner.Linked!;
        while (before.NextOfOwner != fact.NextOfOwner)
            before = before.NextOfOwner!;
        before.NextOfOwner = fact;
    }

    public void Undo(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.ItemAdded:
                Unlink((Activation)change.Item!, (LinkedFact)change.Old!);
                break;
            case ChangeKind.ItemRemoved:
                Relink((Activation)change.Item!, (LinkedFact)change.Old!);
                break;
            case ChangeKind.StateSet:
                ((Activation)change.Item!).Linked = (LinkedFact?)change.Old;
                break;
            case ChangeKind.ItemChanged:
                _requests.RemoveAt(_requests.Count - 1);
                break;
            case ChangeKind.ItemMoved:
                _first -= change.Row;
                break;
        }
    }

    public void Commit(in Change change) { }

    private sealed record LinkedFactSet(LinkedFactAction Action, LinkedFact[] Linked) : ILinkedFactSet
    {
        public IEnumerable<IFact> Facts => Linked;

        public int FactCount => Linked.Length;
    }
}
