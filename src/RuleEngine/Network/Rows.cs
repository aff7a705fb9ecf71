namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// A partial match: the fact bound last, after those of the parent row in the node before. Links are row
/// numbers, so a partial match of any length is one row here.
/// </summary>
internal struct Token
{
    /// <summary>The fact bound last; <c>null</c> when the node before binds none.</summary>
    public Fact? Fact;

    /// <summary>What the node that holds the row keeps about it.</summary>
    public object? State;

    /// <summary>The row in the node before that this one extends.</summary>
    public int Parent;

    /// <summary>The row of the right input it was paired with.</summary>
    public int Right;

    public int FirstPair;
    public int FirstChild;
    public int NextOfParent;
    public int PreviousOfParent;
    public int NextOfRight;
    public int PreviousOfRight;

    /// <summary>The chain of rows with the same key, and the neighbours in it.</summary>
    public int Slot;
    public int Next;
    public int Previous;

    /// <summary>Scratch for one update: the pair it was found in.</summary>
    public int Mark;
}

/// <summary>A fact at the right input of a node.</summary>
internal struct RightRow
{
    public Fact Fact;
    public int FirstPair;
    public int Slot;
    public int Next;
    public int Previous;
    public int Mark;

    /// <summary>The fact's row at its next input.</summary>
    public int NextInput;
    public int NextRow;

    /// <summary>The call that last found the fact to belong here.</summary>
    public int Call;
}
