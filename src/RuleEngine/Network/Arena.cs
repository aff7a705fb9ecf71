namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Rows addressed by number, from 1; 0 means none. A cleared arena is filled again without allocating.
/// </summary>
internal class Arena<T> : Column<T>
    where T : struct
{
    private int[] _free = [];
    private int _freeCount;

    /// <summary>The highest row taken since the arena was cleared.</summary>
    public int Used { get; private set; }

    /// <summary>Takes an unused row; all its fields are zero.</summary>
    public int Take() => _freeCount > 0 ? _free[--_freeCount] : ++Used;

    public virtual void Free(int row)
    {
        this[row] = default;
        if (_freeCount == _free.Length)
            Array.Resize(ref _free, Math.Max(8, _freeCount * 2));
        _free[_freeCount++] = row;
    }

    public virtual void Clear()
    {
        Clear(Used);
        Used = 0;
        _freeCount = 0;
    }
}
