using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// The facts that matches own. What actions do with them waits until the action has ended, and then reaches
/// the rules set by set.
/// </summary>
internal sealed class LinkedFacts(Session session) : IJournaled
{
    private readonly record struct Request(LinkedFactAction Action, LinkedFact Fact, object? Value);

    private readonly List<Request> _waiting = [];

    public bool AnyWaits => _waiting.Count > 0;

    public void Insert(Activation owner, object key, object value)
    {
        owner.Linked ??= [];
        var fact = new LinkedFact(value, owner);
        if (!owner.Linked.TryAdd(key, fact))
        {
            throw new ArgumentException(
                $"Rule '{owner.Rule.Name}' has already linked a fact under key '{key}'. Use UpdateLinked().",
                nameof(key)
            );
        }
        session.Journal.Add(new Change(this, ChangeKind.ItemAdded, 0, Item: owner, Old: key));
        Enqueue(new Request(LinkedFactAction.Insert, fact, value));
    }

    public void Update(Activation owner, object key, object value) =>
        Enqueue(new Request(LinkedFactAction.Update, Find(owner, key), value));

    public void Retract(Activation owner, object key)
    {
        var fact = Find(owner, key);
        owner.Linked!.Remove(key);
        session.Journal.Add(
            new Change(this, ChangeKind.ItemRemoved, 0, Item: owner, Old: KeyValuePair.Create(key, fact))
        );
        Enqueue(new Request(LinkedFactAction.Retract, fact, Value: null));
    }

    /// <summary>The match went away, and what it owns with it.</summary>
    public void RetractAll(Activation owner)
    {
        if (owner.Linked is null)
            return;
        foreach (var fact in owner.Linked.Values)
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
        while (_waiting.Count > 0)
        {
            var action = _waiting[0].Action;
            var count = 1;
            while (count < _waiting.Count && _waiting[count].Action == action)
                count++;
            var requests = _waiting.GetRange(0, count);
            _waiting.RemoveRange(0, count);
            session.Journal.Add(new Change(this, ChangeKind.ItemMoved, 0, Item: requests));
            switch (action)
            {
                case LinkedFactAction.Insert:
                    session.InsertLinked(requests.ConvertAll(request => request.Fact));
                    break;
                case LinkedFactAction.Update:
                    foreach (var request in requests)
                        session.UpdateLinked(request.Fact, request.Value!);
                    break;
                case LinkedFactAction.Retract:
                    session.RetractLinked(requests.ConvertAll(request => request.Fact));
                    break;
            }
            done?.Add(new LinkedFactSet(action, requests.ConvertAll(request => request.Fact)));
        }
    }

    public void Clear() => _waiting.Clear();

    private void Enqueue(Request request)
    {
        _waiting.Add(request);
        session.Journal.Add(this, ChangeKind.ItemChanged, 0);
    }

    private static LinkedFact Find(Activation owner, object key) =>
        owner.Linked is not null && owner.Linked.TryGetValue(key, out var fact)
            ? fact
            : throw new ArgumentException(
                $"Rule '{owner.Rule.Name}' has linked no fact under key '{key}'. Use InsertLinked().",
                nameof(key)
            );

    public void Undo(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.ItemAdded:
                ((Activation)change.Item!).Linked!.Remove(change.Old!);
                break;
            case ChangeKind.ItemRemoved:
                var (key, fact) = (KeyValuePair<object, LinkedFact>)change.Old!;
                ((Activation)change.Item!).Linked!.Add(key, fact);
                break;
            case ChangeKind.StateSet:
                ((Activation)change.Item!).Linked = (Dictionary<object, LinkedFact>?)change.Old;
                break;
            case ChangeKind.ItemChanged:
                _waiting.RemoveAt(_waiting.Count - 1);
                break;
            case ChangeKind.ItemMoved:
                _waiting.InsertRange(0, (List<Request>)change.Item!);
                break;
        }
    }

    public void Commit(in Change change) { }

    private sealed record LinkedFactSet(LinkedFactAction Action, List<LinkedFact> Linked) : ILinkedFactSet
    {
        public IEnumerable<IFact> Facts => Linked;

        public int FactCount => Linked.Count;
    }
}
