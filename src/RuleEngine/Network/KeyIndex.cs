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

    protected Chain[] Chains = new Chain[2];

    public abstract int LeftSlot(object?[] bindings);

    public abstract int RightSlot(object?[] bindings);

    /// <summary>The highest slot in use.</summary>
    public abstract int LastSlot { get; }

    public ref Chain this[int slot] => ref Chains[slot];

    /// <summary>A chain may have become empty; its slot can be used for another key.</summary>
    public abstract void Release(int slot);

    public abstract void Clear();
}

/// <summary>No equality condition: all rows are in one chain.</summary>
internal sealed class SingleChain : KeyIndex
{
    public override int LastSlot => 1;

    public override int LeftSlot(object?[] bindings) => 1;

    public override int RightSlot(object?[] bindings) => 1;

    public override void Release(int slot) { }

    public override void Clear() => Array.Clear(Chains);
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
    private Slot[] _slots = new Slot[2];
    private int _last;
    private int _freeHead;

    public override int LastSlot => _last;

    public override int LeftSlot(object?[] bindings) => Find(selectors.Left(bindings));

    public override int RightSlot(object?[] bindings) => Find(selectors.Right(bindings));

    public override void Release(int slot)
    {
        if (slot <= Loose || !Chains[slot].IsEmpty || _slots[slot].Next < 0)
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
        Array.Clear(_buckets);
        Array.Clear(_slots, 0, _last + 1);
        Array.Clear(Chains, 0, _last + 1);
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
        for (var slot = _buckets[hash & (_buckets.Length - 1)]; slot > 0; slot = _slots[slot].Next)
        {
            if (_slots[slot].Hash == hash && AreEqual(_slots[slot].Key, key))
                return slot;
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
            if (_last + 1 == _slots.Length)
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
        var size = _slots.Length * 2;
        Array.Resize(ref _slots, size);
        Array.Resize(ref Chains, size);
        _buckets = new int[size];
        for (var slot = 1; slot <= _last; slot++)
        {
            if (_slots[slot].Next < 0)
                continue;
            ref var bucket = ref _buckets[_slots[slot].Hash & (size - 1)];
            _slots[slot].Next = bucket;
            bucket = slot;
        }
    }
}
