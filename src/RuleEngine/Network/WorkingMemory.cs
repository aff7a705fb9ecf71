using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The facts of a session, by runtime type.</summary>
internal sealed class WorkingMemory(CompiledRules rules, Journal journal) : IJournaled
{
    private readonly Dictionary<Type, TypeMemory> _types = [];
    private TypeMemory? _latest;
    private long _sequence;

    public TypeMemory Of(Type type)
    {
        if (_latest?.Type == type)
            return _latest;
        if (!_types.TryGetValue(type, out var memory))
        {
            memory = new TypeMemory(type, rules.Alpha.RootsOf(type), rules.Identities.For(type), journal);
            _types.Add(type, memory);
        }
        return _latest = memory;
    }

    public Fact? Find(object value) => Of(value.GetType()).Find(value);

    /// <summary>Gives a fact that comes now its place in the order of all.</summary>
    public void Number(Fact fact) => fact.Sequence = ++_sequence;

    public void Remove(Fact fact)
    {
        var memory = Of(fact.Value!.GetType());
        memory.Remove(fact);
        journal.AddRemoval(new Change(memory, ChangeKind.ItemRemoved, fact.Position, Item: fact));
    }

    /// <summary>Puts another object in the place of a fact's. Both have the type of the memory.</summary>
    /// <returns>Whether the identity of the new object is free.</returns>
    public bool TryReplace(Fact fact, object value, bool hasSameIdentity)
    {
        if (ReferenceEquals(fact.Value, value))
            return true;
        if (!hasSameIdentity && !Of(value.GetType()).TryChangeIdentity(fact, value))
            return false;
        journal.Add(
            new Change(this, ChangeKind.ItemChanged, hasSameIdentity ? 1 : 0, Item: fact, Old: fact.Value)
        );
        fact.Value = value;
        return true;
    }

    public IEnumerable<TFact> All<TFact>()
    {
        var memories = _types.Values.Where(memory => typeof(TFact).IsAssignableFrom(memory.Type)).ToArray();
        var facts = memories is [var only]
            ? only.Facts
            : memories.SelectMany(memory => memory.Facts).OrderBy(fact => fact.Sequence);
        return facts.Select(fact => (TFact)fact.Value!);
    }

    public void Clear()
    {
        foreach (var memory in _types.Values)
            memory.Clear();
        _sequence = 0;
    }

    public void Undo(in Change change)
    {
        var fact = (Fact)change.Item!;
        switch (change.Kind)
        {
            case ChangeKind.FactSet:
                fact.Value = change.Old;
                break;
            case ChangeKind.ItemChanged:
                if (change.Row == 0)
                    Of(change.Old!.GetType()).TryChangeIdentity(fact, change.Old);
                fact.Value = change.Old;
                break;
        }
    }

    public void Commit(in Change change) { }
}
