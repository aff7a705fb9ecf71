namespace PlanningServices.RuleEngine.Network;

/// <summary>Takes back, or makes final, a change it wrote in the journal.</summary>
internal interface IJournaled
{
    void Undo(in Change change);

    void Commit(in Change change);
}

/// <summary>One change to the state of a session; what the numbers mean is known to the owner.</summary>
internal readonly record struct Change(
    IJournaled Owner,
    ChangeKind Kind,
    int Row,
    int A = 0,
    int B = 0,
    int C = 0,
    object? Item = null,
    object? Old = null
);

internal enum ChangeKind : byte
{
    TokenAdded,
    TokenRemoved,
    LeftMoved,
    RightAdded,
    RightRemoved,
    RightMoved,
    PairAdded,
    PairRemoved,
    StateSet,
    FactSet,
    ItemAdded,
    ItemRemoved,
    ItemChanged,
    ItemMoved,
    OutputSet,
    UndoAction,
}

/// <summary>
/// What a call has changed so far, so that a call that fails leaves the session as it was. Changes are taken
/// back in reverse order, so each finds the state it left behind.
/// </summary>
internal sealed class Journal
{
    private const int KeptCapacity = 1 << 14;

    private Change[] _changes = new Change[64];
    private int _count;
    private bool _hasRemovals;

    public int Count => _count;

    public void Add(in Change change)
    {
        if (_count == _changes.Length)
            Array.Resize(ref _changes, _count * 2);
        _changes[_count++] = change;
    }

    /// <summary>Writes a change that needs <see cref="IJournaled.Commit"/> when the call succeeds.</summary>
    public void AddRemoval(in Change change)
    {
        _hasRemovals = true;
        Add(change);
    }

    public void Rollback(int mark)
    {
        while (_count > mark)
        {
            var change = _changes[--_count];
            change.Owner.Undo(change);
            _changes[_count] = default;
        }
    }

    public void Commit()
    {
        if (_hasRemovals)
        {
            for (var i = 0; i < _count; i++)
                _changes[i].Owner.Commit(_changes[i]);
            _hasRemovals = false;
        }
        Drop();
    }

    /// <summary>Forgets the changes.</summary>
    public void Drop()
    {
        if (_changes.Length > KeptCapacity)
            _changes = new Change[64];
        else
            Array.Clear(_changes, 0, _count);
        _count = 0;
        _hasRemovals = false;
    }
}
