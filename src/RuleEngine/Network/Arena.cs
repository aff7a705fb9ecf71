using System.Numerics;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Rows addressed by number, from 1; 0 means none. They lie in blocks that never move, so a reference to a row
/// stays good while others are added, and a cleared arena is filled again without allocating. Blocks double
/// in size up to what the collector still treats as a small object.
/// </summary>
internal sealed class Arena<T>
    where T : struct
{
    private const int FirstBlockBits = 3;
    private const int FirstBlockSize = 1 << FirstBlockBits;
    private const int LargestBlockBits = 10;
    private const int LargestBlockSize = 1 << LargestBlockBits;

    // So many blocks are smaller than the largest.
    private const int GrowingBlocks = LargestBlockBits - FirstBlockBits;

    private T[][] _blocks = [];
    private int[] _free = [];
    private int _freeCount;
    private int _used;
    private int _capacity;
    private int _blockCount;

    public ref T this[int row]
    {
        get
        {
            // Counting from the first block size, the block of a row is the place of its highest bit.
            var position = row - 1 + FirstBlockSize;
            if (position >= LargestBlockSize)
            {
                return ref _blocks[GrowingBlocks - 1 + (position >> LargestBlockBits)][
                    position & (LargestBlockSize - 1)
                ];
            }
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
        if (row > _capacity)
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
        var size = Math.Min(FirstBlockSize << Math.Min(_blockCount, GrowingBlocks), LargestBlockSize);
        if (_blockCount == _blocks.Length)
            Array.Resize(ref _blocks, Math.Max(4, _blockCount * 2));
        _blocks[_blockCount++] = new T[size];
        _capacity += size;
    }
}
