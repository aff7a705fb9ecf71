using System.Runtime.InteropServices;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// A partial match: the fact bound last, after those of the parent row in the node before. Links are row
/// numbers, so a partial match of any length is one row here.
/// </summary>
internal struct Token
{
    /// <summary>The fact bound last; <c>null</c> when the node before binds none.</summary>
    public Fact? Fact;

    /// <summary>The row in the node before that this one extends; 0 when it is the first.</summary>
    public int Parent;

    /// <summary>The row of the right input it was paired with.</summary>
    public int Right;
}

/// <summary>Where a row stands among others, as only updates and removals need to know.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Kin
{
    /// <summary>The first of its pairs; at a step that makes no pairs, of the rows that extend it.</summary>
    public int First;

    public int NextOfParent;
    public int PreviousOfParent;
    public int NextOfRight;
    public int PreviousOfRight;
}

/// <summary>Partial matches, or pairs, by row number. What is kept of their kin is empty until the session is linked.</summary>
internal sealed class TokenRows : Arena<Token>
{
    public Column<Kin> Kin { get; } = new();

    public override void Free(int row)
    {
        Kin[row] = default;
        base.Free(row);
    }

    public override void Clear()
    {
        Kin.Clear(Used);
        base.Clear();
    }
}

/// <summary>A fact at the right input of a node.</summary>
internal struct RightRow
{
    public Fact Fact;
}

/// <summary>What only updates and removals need to know of a row at the right input.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RightKin
{
    public int FirstPair;
    public FactLink Link;
}

/// <summary>Links the places of a fact: where it is besides this input, and its row there.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FactLink
{
    public int NextInput;
    public int NextRow;
}
