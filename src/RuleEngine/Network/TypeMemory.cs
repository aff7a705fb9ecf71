using System.Numerics;
using System.Runtime.InteropServices;
using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// The facts of one runtime type, in the order in which they came, and by identity: a hash table with open addressing
/// finds their places in that order.
/// </summary>
internal sealed class TypeMemory : IJournaled
{
    private const int SmallestCompacted = 32;

    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        /// <summary><c>null</c> where a fact was removed.</summary>
        public Fact? Fact;
        public int Hash;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        /// <summary>The position of the fact; 0 when the slot is free.</summary>
        public int Position;
        public int Hash;
    }

    private readonly Column<Entry> _entries = new();
    private Slot[] _slots = new Slot[4];
    private readonly IEqualityComparer<object>? _identities;
    private readonly Journal _journal;
    private readonly int _journalNumber;
    private int _last;
    private int _count;

    public TypeMemory(Type type, AlphaNode[] roots, IEqualityComparer<object>? identities, Journal journal)
    {
        Type = type;
        Roots = roots;
        _identities = identities;
        _journal = journal;
        _journalNumber = journal.Register(this);
    }

    public Type Type { get; }

    /// <summary>Where the alpha network begins for these facts.</summary>
    public AlphaNode[] Roots { get; }

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

    public Fact? Find(object value)
    {
        var hash = HashOf(value);
        var position = Find(value, hash);
        return position == 0 ? null : _entries[position].Fact;
    }

    /// <summary>Adds the batch; facts whose identity is there already are not added.</summary>
    /// <returns>Those facts, or <c>null</c>.</returns>
    public List<Fact>? AddBatch()
    {
        var first = _last + 1;
        _journal.Add(_journalNumber, ChangeKind.ItemAdded, first);
        foreach (var fact in Batch.Span)
        {
            fact.Position = ++_last;
            ref var entry = ref _entries[_last];
            entry.Fact = fact;
            entry.Hash = HashOf(fact.Value!);
        }
        MakeRoom(_count + Batch.Count);
        List<Fact>? failed = null;
        // A loop of its own: the table is too large for the caches, and short steps let the processor wait for many
        // of its lines at once.
        for (var position = first; position <= _last; position++)
        {
            ref var entry = ref _entries[position];
            if (TryLink(position, entry.Hash))
                continue;
            (failed ??= []).Add(entry.Fact!);
            entry.Fact = null;
        }
        return failed;
    }

    public void Remove(Fact fact)
    {
        Unlink(fact.Position);
        _entries[fact.Position].Fact = null;
    }

    /// <summary>Gives a fact the identity of another object, when that is free.</summary>
    public bool TryChangeIdentity(Fact fact, object value)
    {
        var hash = HashOf(value);
        var other = Find(value, hash);
        if (other != 0 && other != fact.Position)
            return false;
        Unlink(fact.Position);
        _entries[fact.Position].Hash = hash;
        Link(fact.Position, hash);
        return true;
    }

    public void Clear()
    {
        _entries.Clear(_last);
        Array.Clear(_slots);
        _last = 0;
        _count = 0;
        Batch.Clear();
    }

    private int Find(object value, int hash)
    {
        var slots = _slots;
        for (var i = HomeOf(hash); slots[i].Position != 0; i = (i + 1) & (slots.Length - 1))
        {
            if (slots[i].Hash == hash && IsSame(ValueAt(slots[i].Position), value))
                return slots[i].Position;
        }
        return 0;
    }

    private bool TryLink(int position, int hash)
    {
        var slots = _slots;
        var i = HomeOf(hash);
        for (; slots[i].Position != 0; i = (i + 1) & (slots.Length - 1))
        {
            if (slots[i].Hash == hash && IsSame(ValueAt(slots[i].Position), ValueAt(position)))
                return false;
        }
        slots[i] = new Slot { Position = position, Hash = hash };
        _count++;
        return true;
    }

    private object ValueAt(int position) => _entries[position].Fact!.Value!;

    /// <summary>Links a position whose identity is known to be free.</summary>
    private void Link(int position, int hash)
    {
        var i = HomeOf(hash);
        while (_slots[i].Position != 0)
            i = (i + 1) & (_slots.Length - 1);
        _slots[i] = new Slot { Position = position, Hash = hash };
        _count++;
    }

    private void Unlink(int position)
    {
        var mask = _slots.Length - 1;
        var hole = HomeOf(_entries[position].Hash);
        while (_slots[hole].Position != position)
            hole = (hole + 1) & mask;
        // Those after it move up, unless that would put them before their home.
        for (var i = (hole + 1) & mask; _slots[i].Position != 0; i = (i + 1) & mask)
        {
            if (((i - HomeOf(_slots[i].Hash)) & mask) < ((i - hole) & mask))
                continue;
            _slots[hole] = _slots[i];
            hole = i;
        }
        _slots[hole] = default;
        _count--;
    }

    /// <summary>Where the search for a hash code begins; multiplying spreads codes that differ in a few bits only.</summary>
    private int HomeOf(int hash) =>
        (int)((uint)hash * 0x9E3779B9 >> (32 - BitOperations.Log2((uint)_slots.Length)));

    /// <summary>Keeps the table at most three quarters full.</summary>
    private void MakeRoom(int count)
    {
        if (count <= _slots.Length / 4 * 3)
            return;
        var before = _slots;
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)count * 2)];
        _count = 0;
        foreach (var slot in before)
        {
            if (slot.Position != 0)
                Link(slot.Position, slot.Hash);
        }
    }

    private int HashOf(object value) =>
        _identities is null ? value.GetHashCode() : _identities.GetHashCode(value);

    private bool IsSame(object x, object y) =>
        ReferenceEquals(x, y) || (_identities is null ? x.Equals(y) : _identities.Equals(x, y));

    /// <summary>Takes a removal back; nothing has moved since.</summary>
    private void Restore(Fact fact, int position)
    {
        fact.Position = position;
        _entries[position].Fact = fact;
        Link(position, _entries[position].Hash);
    }

    /// <summary>Takes back that facts were added; all that came after was taken back before.</summary>
    private void TakeBack(int first)
    {
        for (; _last >= first; _last--)
        {
            if (_entries[_last].Fact is not null)
                Unlink(_last);
            _entries[_last] = default;
        }
    }

    /// <summary>Removals have become final: when they have left more gaps than facts, the facts close up.</summary>
    private void CloseGaps()
    {
        if (_last < SmallestCompacted || _last <= 2 * _count)
            return;
        var last = 0;
        foreach (var fact in Facts)
            fact.Position = ++last;
        foreach (ref var slot in _slots.AsSpan())
        {
            if (slot.Position != 0)
                slot.Position = _entries[slot.Position].Fact!.Position;
        }
        for (var position = 1; position <= _last; position++)
        {
            var entry = _entries[position];
            _entries[position] = default;
            if (entry.Fact is not null)
                _entries[entry.Fact.Position] = entry;
        }
        _last = last;
    }

    public void Undo(in Change change)
    {
        if (change.Kind == ChangeKind.ItemAdded)
            TakeBack(change.Row);
        else
            Restore((Fact)change.Item!, change.Row);
    }

    public void Commit(in Change change)
    {
        if (change.Kind == ChangeKind.ItemRemoved)
            CloseGaps();
    }
}
