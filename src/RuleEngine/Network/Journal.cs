using System.Runtime.InteropServices;

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
    private const int KeptCapacity = 1 << 16;

    /// <summary>A change that a row tells, or the place of a change that tells more. It holds no reference.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(int Owner, int Row, ChangeKind Kind);

    private readonly List<IJournaled> _owners = [];
    private Entry[] _entries = new Entry[16];
    private Change[] _details = new Change[4];
    private int _count;
    private int _detailCount;
    private bool _hasRemovals;

    public int Count => _count;

    /// <summary>Off while a call that fails is taken back by emptying the session; removals are written still.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Lets an owner write changes that a row tells; returns the number under which it does.</summary>
    public int Register(IJournaled owner)
    {
        _owners.Add(owner);
        return _owners.Count;
    }

    public void Add(int owner, ChangeKind kind, int row)
    {
        if (IsOn)
            Append(new Entry(owner, row, kind));
    }

    public void Add(IJournaled owner, ChangeKind kind, int row, object? item)
    {
        if (IsOn)
            Append(new Change(owner, kind, row, Item: item));
    }

    public void Add(in Change change)
    {
        if (IsOn)
            Append(change);
    }

    /// <summary>Writes a change that needs <see cref="IJournaled.Commit"/> when the call succeeds.</summary>
    public void AddRemoval(int owner, ChangeKind kind, int row)
    {
        _hasRemovals = true;
        Append(new Entry(owner, row, kind));
    }

    /// <summary>Writes a change that needs <see cref="IJournaled.Commit"/> when the call succeeds.</summary>
    public void AddRemoval(in Change change)
    {
        _hasRemovals = true;
        Append(change);
    }

    private void Append(in Change change)
    {
        if (_detailCount == _details.Length)
            Array.Resize(ref _details, _detailCount * 2);
        _details[_detailCount] = change;
        Append(new Entry(Owner: 0, _detailCount++, default));
    }

    private void Append(Entry entry)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, _count * 2);
        _entries[_count++] = entry;
    }

    /// <summary>The change of an entry, and who wrote it.</summary>
    private IJournaled Read(Entry entry, out Change change)
    {
        if (entry.Owner == 0)
        {
            change = _details[entry.Row];
            return change.Owner;
        }
        var owner = _owners[entry.Owner - 1];
        change = new Change(owner, entry.Kind, entry.Row);
        return owner;
    }

    public void Rollback(int mark)
    {
        while (_count > mark)
        {
            var entry = _entries[--_count];
            var owner = Read(entry, out var change);
            if (entry.Owner == 0)
                _detailCount--;
            owner.Undo(change);
        }
    }

    public void Commit()
    {
        if (_hasRemovals)
        {
            for (var i = 0; i < _count; i++)
                Read(_entries[i], out var change).Commit(change);
        }
        Drop();
    }

    /// <summary>Forgets the changes.</summary>
    public void Drop()
    {
        if (_count == 0)
            return;
        if (_entries.Length > KeptCapacity)
            _entries = new Entry[16];
        if (_details.Length > KeptCapacity)
            _details = new Change[4];
        else if (_detailCount > 0)
            Array.Clear(_details, 0, _detailCount);
        _count = 0;
        _detailCount = 0;
        _hasRemovals = false;
    }
}
