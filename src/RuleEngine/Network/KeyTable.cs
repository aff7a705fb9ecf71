namespace PlanningServices.RuleEngine.Network;

/// <summary>A hash table that gives each key a slot, from 1. A key may be <c>null</c>.</summary>
/// <param name="comparer">Compares keys; <c>null</c> for the default.</param>
internal sealed class KeyTable<TKey>(IEqualityComparer<TKey>? comparer = null)
{
    private struct Slot
    {
        public int Hash;

        /// <summary>The next slot in the bucket; below 0 when the slot is free.</summary>
        public int Next;
        public TKey Key;
    }

    private readonly Column<Slot> _slots = new();
    private int[] _buckets = new int[4];
    private int _freeHead;

    /// <summary>The highest slot in use.</summary>
    public int Last { get; private set; }

    /// <summary>The slot of a key, which is added when it is new.</summary>
    public int SlotOf(TKey key)
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

    /// <summary>Removes the key of a slot; the slot can then be used for another.</summary>
    public void Remove(int slot)
    {
        ref var removed = ref _slots[slot];
        if (removed.Next < 0)
            return;
        ref var link = ref _buckets[removed.Hash & (_buckets.Length - 1)];
        while (link != slot)
            link = ref _slots[link].Next;
        link = removed.Next;
        removed = new Slot { Next = -1 - _freeHead, Key = default! };
        _freeHead = slot;
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        _slots.Clear(Last);
        Last = 0;
        _freeHead = 0;
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
            if (Last == _buckets.Length)
                Grow();
            slot = ++Last;
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

    // By four, so that a large batch does not spend its time on moving what came before.
    private void Grow()
    {
        var size = _buckets.Length * 4;
        _buckets = new int[size];
        for (var slot = 1; slot <= Last; slot++)
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
