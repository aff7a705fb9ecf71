using System.Runtime.InteropServices;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The first and the last row of a chain; 0 when it is empty.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Ends
{
    public int First;
    public int Last;
}

/// <summary>The chains of the rows of one input: those with the same key, in the order in which they came.</summary>
internal sealed class Chains(Session session)
{
    [StructLayout(LayoutKind.Auto)]
    private struct Place
    {
        /// <summary>The number of the chain plus one; 0 when the row is in none.</summary>
        public int Slot;
        public int Next;
    }

    private readonly Column<Place> _places = new();

    // Kept from when the session is linked: only who takes a row out asks for the one before.
    private readonly Column<int> _previous = new();

    /// <summary>The chain of a row; below 0 when it is in none.</summary>
    public int SlotOf(int row) => _places[row].Slot - 1;

    public int After(int row) => _places[row].Next;

    public int Before(int row) => _previous[row];

    public void Append(ref Ends chain, int row, int slot)
    {
        ref var place = ref _places[row];
        place.Slot = slot + 1;
        place.Next = 0;
        if (chain.Last != 0)
            _places[chain.Last].Next = row;
        else
            chain.First = row;
        if (session.IsLinked)
            _previous[row] = chain.Last;
        chain.Last = row;
    }

    /// <summary>Takes a row out of its chain. It still knows its place, for <see cref="Restore"/>.</summary>
    public void Remove(ref Ends chain, int row)
    {
        var (previous, next) = (_previous[row], _places[row].Next);
        if (previous != 0)
            _places[previous].Next = next;
        else
            chain.First = next;
        if (next != 0)
            _previous[next] = previous;
        else
            chain.Last = previous;
    }

    public void Restore(ref Ends chain, int row)
    {
        var (previous, next) = (_previous[row], _places[row].Next);
        if (previous != 0)
            _places[previous].Next = row;
        else
            chain.First = row;
        if (next != 0)
            _previous[next] = row;
        else
            chain.Last = row;
    }

    /// <summary>Gives a row that is in no chain a place that it had before.</summary>
    public void SetPlace(int row, int slot, int previous, int next)
    {
        _places[row] = new Place { Slot = slot + 1, Next = next };
        _previous[row] = previous;
    }

    /// <summary>Forgets a row that is in no chain any more.</summary>
    public void Forget(int row) => _places[row] = default;

    /// <summary>Lets each of so many rows know the one before it.</summary>
    public void Link(int count)
    {
        for (var row = 1; row <= count; row++)
        {
            var next = _places[row].Next;
            if (next != 0)
                _previous[next] = row;
        }
    }

    public void Clear(int count)
    {
        _places.Clear(count);
        _previous.Clear(count);
    }
}
