using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The facts of one runtime type, in the order in which they came, and by identity.</summary>
internal sealed class TypeMemory(Type type, AlphaNode[] roots, IEqualityComparer<object>? identities)
{
    private const int SmallestCompacted = 32;

    private readonly Dictionary<object, Fact> _byIdentity = new(identities);
    private readonly List<Fact?> _facts = [];

    public Type Type => type;

    /// <summary>Where the alpha network begins for these facts.</summary>
    public AlphaNode[] Roots => roots;

    /// <summary>The facts of the type in the call at hand.</summary>
    public List<Fact> Batch { get; } = [];

    public IEnumerable<Fact> Facts
    {
        get
        {
            foreach (var fact in _facts)
            {
                if (fact is not null)
                    yield return fact;
            }
        }
    }

    /// <summary>How many facts of the type the batch at hand has that were not made room for yet.</summary>
    public int Announced { get; set; }

    /// <summary>Makes room for the facts that were announced, so that nothing grows step by step.</summary>
    public void MakeRoom()
    {
        _byIdentity.EnsureCapacity(_byIdentity.Count + Announced);
        _facts.EnsureCapacity(_facts.Count + Announced);
        Batch.EnsureCapacity(Announced);
        Announced = 0;
    }

    public Fact? Find(object value) => _byIdentity.GetValueOrDefault(value);

    public bool TryAdd(Fact fact)
    {
        if (!_byIdentity.TryAdd(fact.Value!, fact))
            return false;
        fact.Position = _facts.Count;
        _facts.Add(fact);
        return true;
    }

    public void Remove(Fact fact, object identity)
    {
        _byIdentity.Remove(identity);
        _facts[fact.Position] = null;
        if (_facts.Count >= SmallestCompacted && _facts.Count > 2 * _byIdentity.Count)
            Compact();
    }

    public void Restore(Fact fact)
    {
        _byIdentity.Add(fact.Value!, fact);
        var place = _facts.FindIndex(other => other is not null && other.Sequence > fact.Sequence);
        if (place < 0)
            place = _facts.Count;
        _facts.Insert(place, fact);
        for (var i = place; i < _facts.Count; i++)
        {
            if (_facts[i] is { } moved)
                moved.Position = i;
        }
    }

    public bool TryChangeIdentity(Fact fact, object value)
    {
        if (_byIdentity.TryGetValue(value, out var other) && other != fact)
            return false;
        _byIdentity.Remove(fact.Value!);
        _byIdentity[value] = fact;
        return true;
    }

    public void Clear()
    {
        _byIdentity.Clear();
        _facts.Clear();
        Batch.Clear();
    }

    private void Compact()
    {
        _facts.RemoveAll(fact => fact is null);
        for (var i = 0; i < _facts.Count; i++)
            _facts[i]!.Position = i;
    }
}
