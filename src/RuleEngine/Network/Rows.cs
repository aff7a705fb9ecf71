using System.Runtime.InteropServices;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// A partial match: the fact bound last, after those of the parent row in the node before. Links are row
/// numbers, so a partial match of any length is one row here. What only some nodes keep of a partial match they
/// keep in columns of their own.
/// </summary>
internal struct Token
{
    /// <summary>The fact bound last; <c>null</c> when the node before binds none.</summary>
    public Fact? Fact;

    /// <summary>The row in the node before that this one extends; 0 when it is the first.</summary>
    public int Parent;

    /// <summary>The row of the right input it was paired with.</summary>
    public int Right;

    /// <summary>The first of its pairs; at a step that makes no pairs, of the rows that extend it.</summary>
    public int First;

    public int NextOfParent;
    public int PreviousOfParent;
    public int NextOfRight;
    public int PreviousOfRight;

    /// <summary>The chain of rows with the same key, and the neighbours in it.</summary>
    public int Slot;
    public int Next;
    public int Previous;
}

/// <summary>A fact at the right input of a node.</summary>
internal struct RightRow
{
    public Fact Fact;
    public int FirstPair;
    public int Slot;
    public int Next;
    public int Previous;
    public FactLink Link;
}

/// <summary>Links the places of a fact: where it is besides this input, and its row there.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FactLink
{
    public int NextInput;
    public int NextRow;
}
