using System.Runtime.InteropServices;
using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The rows of both inputs that have one key.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Chain
{
    public int FirstLeft;
    public int LastLeft;
    public int FirstRight;
    public int LastRight;

    public readonly bool IsEmpty => (FirstLeft | FirstRight) == 0;
}

/// <summary>
/// Finds the chain of a key for both inputs of a node. Slot 0 is for rows whose key could not be computed:
/// they are compared one by one, so that an error shows exactly where a nested loop would show it.
/// </summary>
internal abstract class KeyIndex
{
    public const int Loose = 0;

    private readonly Column<Chain> _chains = new();
    private Chain _loose;

    public abstract int LeftSlot(object?[] bindings);

    public abstract int RightSlot(object?[] bindings);

    /// <summary>The highest slot in use.</summary>
    public abstract int LastSlot { get; }

    public ref Chain this[int slot]
    {
        get
        {
            if (slot == Loose)
                return ref _loose;
            return ref _chains[slot];
        }
    }

    /// <summary>A chain may have become empty; its slot can be used for another key.</summary>
    public abstract void Release(int slot);

    public virtual void Clear()
    {
        _chains.Clear(LastSlot);
        _loose = default;
    }
}

/// <summary>No equality condition: all rows are in one chain.</summary>
internal sealed class SingleChain : KeyIndex
{
    public override int LastSlot => 1;

    public override int LeftSlot(object?[] bindings) => 1;

    public override int RightSlot(object?[] bindings) => 1;

    public override void Release(int slot) { }
}

/// <summary>A hash table from key to chain.</summary>
internal sealed class HashIndex<TKey>(KeySelectors<TKey> selectors, IEqualityComparer<TKey>? comparer)
    : KeyIndex
{
    private struct Slot
    {
        public int Hash;
        public int Next;
        public TKey Key;
    }

    private int[] _buckets = new int[4];
    private readonly Column<Slot> _slots = new();
    private int _last;
    private int _freeHead;

    public override int LastSlot => _last;

    public override int LeftSlot(object?[] bindings) => Find(selectors.Left(bindings));

    public override int RightSlot(object?[] bindings) => Find(selectors.Right(bindings));

    public override void Release(int slot)
    {
        if (slot <= Loose || !this[slot].IsEmpty || _slots[slot].Next < 0)
            return;
        ref var link = ref _buckets[_slots[slot].Hash & (_buckets.Length - 1)];
        while (link != slot)
            link = ref _slots[link].Next;
        link = _slots[slot].Next;
        _slots[slot] = new Slot { Next = -1 - _freeHead, Key = default! };
        _freeHead = slot;
    }

    public override void Clear()
    {
        base.Clear();
        Array.Clear(_buckets);
        _slots.Clear(_last);
        _last = 0;
        _freeHead = 0;
    }

    private int Find(TKey key)
    {
        var hash =
            key is null ? 0
            : comparer is null ? EqualityComparer<TKey>.Default.GetHashCode(key)
            : comparer.GetHashCode(key);
        hash ^= hash >>> 15;
        for (var slot = _buckets[hash & (_buckets.Length - 1)]; slot > 0; )
        {
            ref var candidate = ref _slots[slot];
            if (candidate.Hash == hash && AreEqual(candidate.Key, key))
                return slot;
            slot = candidate.Next;
        }
        return Add(key, hash);
    }

    private bool AreEqual(TKey x, TKey y) =>
        comparer is null ? EqualityComparer<TKey>.Default.Equals(x, y) : comparer.Equals(x, y);

    private int Add(TKey key, int hash)
    {
        int slot;
        if (_freeHead > 0)
        {
            slot = _freeHead;
            _freeHead = -1 - _slots[slot].Next;
        }
        else
        {
            if (_last == _buckets.Length)
                Grow();
            slot = ++_last;
        }
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _slots[slot] = new Slot
        {
            Hash = hash,
            Next = bucket,
            Key = key,
        };
        bucket = slot;
        return slot;
    }

    private void Grow()
    {
        var size = _buckets.Length * 4;
        _buckets = new int[size];
        for (var slot = 1; slot <= _last; slot++)
        {
            ref var moved = ref _slots[slot];
            if (moved.Next < 0)
                continue;
            ref var bucket = ref _buckets[moved.Hash & (size - 1)];
            moved.Next = bucket;
            bucket = slot;
        }
    }
}
