using System.Runtime.InteropServices;
using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// The facts of one runtime type, in the order in which they came, and by identity: a hash table whose chains run
/// through the list of facts.
/// </summary>
internal sealed class TypeMemory(Type type, AlphaNode[] roots, IEqualityComparer<object>? identities)
    : IJournaled
{
    private const int SmallestCompacted = 32;

    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        /// <summary><c>null</c> where a fact was removed.</summary>
        public Fact? Fact;
        public int Hash;

        /// <summary>The next fact in the same bucket.</summary>
        public int Next;
    }

    private readonly Column<Entry> _entries = new();
    private int[] _buckets = new int[4];
    private int _last;
    private int _count;

    public Type Type => type;

    /// <summary>Where the alpha network begins for these facts.</summary>
    public AlphaNode[] Roots => roots;

    /// <summary>The facts of the type in the call at hand.</summary>
    public FactList Batch { get; } = new();

    public IEnumerable<Fact> Facts
    {
        get
        {
            for (var position = 1; position <= _last; position++)
            {
                if (_entries[position].Fact is { } fact)
                    yield return fact;
            }
        }
    }

    public Fact? Find(object value) => Find(value, HashOf(value));

    public bool TryAdd(Fact fact)
    {
        var hash = HashOf(fact.Value!);
        if (Find(fact.Value!, hash) is not null)
            return false;
        if (_last >= _buckets.Length)
            Grow();
        fact.Position = ++_last;
        Link(fact, hash);
        return true;
    }

    public void Remove(Fact fact)
    {
        Unlink(fact);
        _entries[fact.Position].Fact = null;
    }

    /// <summary>Gives a fact the identity of another object, when that is free.</summary>
    public bool TryChangeIdentity(Fact fact, object value)
    {
        var hash = HashOf(value);
        if (Find(value, hash) is { } other && other != fact)
            return false;
        Unlink(fact);
        Link(fact, hash);
        return true;
    }

    public void Clear()
    {
        _entries.Clear(_last);
        Array.Clear(_buckets);
        _last = 0;
        _count = 0;
        Batch.Clear();
    }

    private Fact? Find(object value, int hash)
    {
        for (var position = _buckets[hash & (_buckets.Length - 1)]; position != 0; )
        {
            ref var entry = ref _entries[position];
            if (entry.Hash == hash && IsSame(entry.Fact!.Value!, value))
                return entry.Fact;
            position = entry.Next;
        }
        return null;
    }

    private void Link(Fact fact, int hash)
    {
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        ref var entry = ref _entries[fact.Position];
        entry.Fact = fact;
        entry.Hash = hash;
        entry.Next = bucket;
        bucket = fact.Position;
        _count++;
    }

    private void Unlink(Fact fact)
    {
        var position = fact.Position;
        ref var link = ref _buckets[_entries[position].Hash & (_buckets.Length - 1)];
        while (link != position)
            link = ref _entries[link].Next;
        link = _entries[position].Next;
        _count--;
    }

    // By four, so that a large batch does not spend its time on moving what came before.
    private void Grow() => Rehash(_buckets.Length * 4);

    private void Rehash(int size)
    {
        if (size == _buckets.Length)
            Array.Clear(_buckets);
        else
            _buckets = new int[size];
        for (var position = 1; position <= _last; position++)
        {
            ref var entry = ref _entries[position];
            if (entry.Fact is null)
                continue;
            ref var bucket = ref _buckets[entry.Hash & (size - 1)];
            entry.Next = bucket;
            bucket = position;
        }
    }

    private int HashOf(object value)
    {
        var hash = identities is null ? value.GetHashCode() : identities.GetHashCode(value);
        return hash ^ (hash >>> 15);
    }

    private bool IsSame(object x, object y) =>
        ReferenceEquals(x, y) || (identities is null ? x.Equals(y) : identities.Equals(x, y));

    /// <summary>Takes a removal back; nothing has moved since.</summary>
    private void Restore(Fact fact, int position)
    {
        fact.Position = position;
        Link(fact, _entries[position].Hash);
    }

    /// <summary>Takes back that a fact was added; those added after it were taken back before.</summary>
    private void TakeBack(Fact fact)
    {
        Unlink(fact);
        _entries[fact.Position] = default;
        _last--;
    }

    /// <summary>Removals have become final: when they have left more gaps than facts, the facts close up.</summary>
    private void CloseGaps()
    {
        if (_last < SmallestCompacted || _last <= 2 * _count)
            return;
        var last = 0;
        for (var position = 1; position <= _last; position++)
        {
            var entry = _entries[position];
            if (entry.Fact is null)
                continue;
            _entries[++last] = entry;
            entry.Fact.Position = last;
        }
        for (var position = last + 1; position <= _last; position++)
            _entries[position] = default;
        _last = last;
        Rehash(_buckets.Length);
    }

    public void Undo(in Change change)
    {
        var fact = (Fact)change.Item!;
        if (change.Kind == ChangeKind.ItemAdded)
            TakeBack(fact);
        else
            Restore(fact, change.Row);
    }

    public void Commit(in Change change)
    {
        if (change.Kind == ChangeKind.ItemRemoved)
            CloseGaps();
    }
}
