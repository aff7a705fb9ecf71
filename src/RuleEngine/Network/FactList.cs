using System.Buffers;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The facts of one batch. A large batch borrows its memory and gives it back when it is cleared.</summary>
internal sealed class FactList
{
    private const int LargestKept = 256;

    private Fact[] _facts = [];

    public int Count { get; private set; }

    public ReadOnlySpan<Fact> Span => _facts.AsSpan(0, Count);

    public void Add(Fact fact)
    {
        if (Count == _facts.Length)
            MakeRoom(Count + 1);
        _facts[Count++] = fact;
    }

    public void AddRange(ReadOnlySpan<Fact> facts)
    {
        if (Count + facts.Length > _facts.Length)
            MakeRoom(Count + facts.Length);
        facts.CopyTo(_facts.AsSpan(Count));
        Count += facts.Length;
    }

    public void Clear()
    {
        Array.Clear(_facts, 0, Count);
        Count = 0;
        if (_facts.Length <= LargestKept)
            return;
        ArrayPool<Fact>.Shared.Return(_facts);
        _facts = [];
    }

    private void MakeRoom(int size)
    {
        size = Math.Max(size, Math.Max(4, _facts.Length * 2));
        var larger = size > LargestKept ? ArrayPool<Fact>.Shared.Rent(size) : new Fact[size];
        Span.CopyTo(larger);
        var smaller = _facts;
        _facts = larger;
        if (smaller.Length > LargestKept)
            ArrayPool<Fact>.Shared.Return(smaller, clearArray: true);
    }
}
