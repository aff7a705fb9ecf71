using System.Numerics;
using System.Runtime.CompilerServices;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Values by row number, from 1; each is the default until it is set. They lie in blocks that never move, so that
/// growing copies nothing and a reference to a value stays good while others are added. Blocks double in size up
/// to what the collector still treats as a small object.
/// </summary>
internal class Column<T>
{
    private const int FirstBlockBits = 3;
    private const int FirstBlockSize = 1 << FirstBlockBits;
    private const int LargestBlockBits = 10;
    private const int LargestBlockSize = 1 << LargestBlockBits;

    // So many blocks are smaller than the largest.
    private const int GrowingBlocks = LargestBlockBits - FirstBlockBits;

    private T[]?[] _blocks = [];

    public ref T this[int row]
    {
        get
        {
            // Counting from the first block size, the block of a row is the place of its highest bit.
            var position = row - 1 + FirstBlockSize;
            int block;
            int place;
            if (position >= LargestBlockSize)
            {
                block = GrowingBlocks - 1 + (position >> LargestBlockBits);
                place = position & (LargestBlockSize - 1);
            }
            else
            {
                block = BitOperations.Log2((uint)position) - FirstBlockBits;
                place = position - (FirstBlockSize << block);
            }
            var blocks = _blocks;
            if ((uint)block < (uint)blocks.Length && blocks[block] is { } rows)
                return ref rows[place];
            return ref Block(block)[place];
        }
    }

    /// <summary>Sets the first so many values to the default; the blocks are kept.</summary>
    public void Clear(int count)
    {
        for (var block = 0; count > 0 && block < _blocks.Length; block++)
        {
            var size = SizeOf(block);
            if (_blocks[block] is { } rows)
                Array.Clear(rows, 0, Math.Min(count, size));
            count -= size;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T[] Block(int block)
    {
        if (block >= _blocks.Length)
            Array.Resize(ref _blocks, Math.Max(block + 1, Math.Max(4, _blocks.Length * 2)));
        return _blocks[block] = new T[SizeOf(block)];
    }

    private static int SizeOf(int block) => FirstBlockSize << Math.Min(block, GrowingBlocks);
}
