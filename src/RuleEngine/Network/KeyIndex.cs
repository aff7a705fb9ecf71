using System.Runtime.InteropServices;
using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The rows of both inputs that have one key.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Chain
{
    public Ends Left;
    public Ends Right;

    public readonly bool IsEmpty => (Left.First | Right.First) == 0;
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

    public abstract int RightSlot(object? value);

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

    public override int RightSlot(object? value) => 1;

    public override void Release(int slot) { }
}

/// <summary>A chain for each key.</summary>
internal sealed class HashIndex<TKey>(KeySelectors<TKey> selectors, IEqualityComparer<TKey>? comparer)
    : KeyIndex
{
    private readonly KeyTable<TKey> _keys = new(comparer);

    public override int LastSlot => _keys.Last;

    public override int LeftSlot(object?[] bindings) => _keys.SlotOf(selectors.Left(bindings));

    public override int RightSlot(object? value) => _keys.SlotOf(selectors.Right(value));

    public override void Release(int slot)
    {
        if (slot > Loose && this[slot].IsEmpty)
            _keys.Remove(slot);
    }

    public override void Clear()
    {
        base.Clear();
        _keys.Clear();
    }
}
