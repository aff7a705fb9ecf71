using System.Numerics;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Rows addressed by number, from 1; 0 means none. They lie in blocks that double in size and never move, so
/// a reference to a row stays good while others are added, and a cleared arena is filled again without
/// allocating.
/// </summary>
internal sealed class Arena<T>
    where T : struct
{
    private const int FirstBlockBits = 3;
    private const int FirstBlockSize = 1 << FirstBlockBits;

    private T[][] _blocks = [];
    private int[] _free = [];
    private int _freeCount;
    private int _used;

    public ref T this[int row]
    {
        get
        {
            var position = row - 1 + FirstBlockSize;
            var block = BitOperations.Log2((uint)position) - FirstBlockBits;
            return ref _blocks[block][position - (FirstBlockSize << block)];
        }
    }

    /// <summary>Takes an unused row; all its fields are zero.</summary>
    public int Take()
    {
        if (_freeCount > 0)
            return _free[--_freeCount];
        var row = ++_used;
        if (row > (FirstBlockSize << _blocks.Length) - FirstBlockSize)
            Grow();
        return row;
    }

    public void Free(int row)
    {
        this[row] = default;
        if (_freeCount == _free.Length)
            Array.Resize(ref _free, Math.Max(8, _freeCount * 2));
        _free[_freeCount++] = row;
    }

    public void Clear()
    {
        var left = _used;
        foreach (var block in _blocks)
        {
            if (left <= 0)
                break;
            Array.Clear(block, 0, Math.Min(left, block.Length));
            left -= block.Length;
        }
        _used = 0;
        _freeCount = 0;
    }

    private void Grow()
    {
        Array.Resize(ref _blocks, _blocks.Length + 1);
        _blocks[^1] = new T[FirstBlockSize << (_blocks.Length - 1)];
    }
}
