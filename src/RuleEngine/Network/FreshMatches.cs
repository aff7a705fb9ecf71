using System.Runtime.InteropServices;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// The matches of one priority, in the order in which they were found, while the session is not linked. None of them
/// can go or change, so a match is no more than a row of its rule, and those that have fired are the first ones.
/// </summary>
internal sealed class FreshMatches
{
    /// <summary>A match.</summary>
    /// <param name="Node">The number of its rule's node.</param>
    /// <param name="Token">Its row there.</param>
    /// <param name="Chain">How many firings led to it.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Match(int Node, int Token, int Chain);

    private readonly Column<Match> _matches = new();
    private int _fired;

    /// <summary>How many there are, those of the call at hand included.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them calls before have found.</summary>
    public int Settled { get; private set; }

    public bool AnyWaits => _fired < Settled;

    /// <summary>The one that fires next.</summary>
    public Match First => _matches[_fired + 1];

    public Match this[int place] => _matches[place];

    public bool HasFired(int place) => place <= _fired;

    public void Add(in Match match) => _matches[++Count] = match;

    /// <summary>The call at hand has ended.</summary>
    public void Settle() => Settled = Count;

    public void Take() => _fired++;

    public void Clear() => (_fired, Settled, Count) = (0, 0, 0);
}
