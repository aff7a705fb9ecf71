namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// One step of a rule. Its left input holds the partial matches of the steps before; what it makes of them
/// goes to the left input of the next step.
/// </summary>
internal abstract class BetaNode(Session session, object?[] bindings) : IJournaled
{
    private BetaNode? _next;

    // The variable that the next step reads of what is handed to it; -1 when it reads none.
    private int _nextReads = -1;

    /// <summary>The partial matches at the left input.</summary>
    public TokenRows Left { get; } = new();

    /// <summary>The variable that the step before bound; -1 when it bound none.</summary>
    public int Variable { get; private set; } = -1;

    public BetaNode? Previous { get; private set; }

    /// <summary>What the node writes under in the journal.</summary>
    public int JournalNumber { get; set; }

    public BetaNode Next => _next!;

    protected Session Session { get; } = session;

    /// <summary>
    /// The variables of the rule, for the expressions. Whoever hands a partial match on has them filled for
    /// it; steps further down only fill in what is bound later, so they need not be filled again on return.
    /// </summary>
    protected object?[] Bindings { get; } = bindings;

    public void Connect(BetaNode next, int variable)
    {
        _next = next;
        next.Previous = this;
        next.Variable = variable;
        _nextReads = next is RuleNode ? -1 : variable;
    }

    /// <summary>A partial match came; the bindings are filled for it.</summary>
    public abstract void OnLeftAdded(int token);

    /// <summary>A fact of a partial match was updated; the bindings are filled for it.</summary>
    public abstract void OnLeftUpdated(int token);

    /// <summary>A partial match is about to go.</summary>
    protected abstract void OnLeftRemoving(int token);

    /// <summary>Takes the row out of what the node keeps besides its links to parent and right input.</summary>
    protected virtual void Unlink(int token) { }

    /// <summary>Puts the row back where <see cref="Unlink"/> found it.</summary>
    protected virtual void Relink(int token) { }

    protected virtual void OnFreeing(int token) { }

    public void RemoveLeft(int token)
    {
        Session.Link();
        OnLeftRemoving(token);
        Unlink(token);
        Previous!.Detach(Left, token);
        Session.Journal.AddRemoval(JournalNumber, ChangeKind.TokenRemoved, token);
    }

    public virtual void Clear() => Left.Clear();

    /// <summary>
    /// Links the rows this node has handed on to what they were made from, so that they are found when that changes.
    /// From then on each row is linked when it is made.
    /// </summary>
    public virtual void Link()
    {
        if (_next is null)
            return;
        for (var child = 1; child <= _next.Left.Used; child++)
            Attach(_next.Left, child);
    }

    /// <summary>Fills the bindings for a partial match at the left input.</summary>
    protected void Load(int token) => Load(token, Bindings);

    protected void Load(int token, object?[] bindings)
    {
        var node = this;
        while (node.Previous is { } previous)
        {
            ref var row = ref node.Left[token];
            if (node.Variable >= 0)
                bindings[node.Variable] = row.Fact!.Value;
            token = row.Parent;
            node = previous;
        }
    }

    /// <summary>Hands a longer partial match to the next step.</summary>
    protected int AddChild(int parent, Fact? fact, int right = 0)
    {
        var next = Next;
        var child = next.Left.Take();
        ref var row = ref next.Left[child];
        row.Fact = fact;
        row.Parent = parent;
        row.Right = right;
        if (Session.IsLinked)
            Attach(next.Left, child);
        Session.Journal.Add(next.JournalNumber, ChangeKind.TokenAdded, child);
        if (_nextReads >= 0)
            Bindings[_nextReads] = fact!.Value;
        next.OnLeftAdded(child);
        return child;
    }

    protected void UpdateChild(int child)
    {
        Session.Link();
        var next = Next;
        if (_nextReads >= 0)
            Bindings[_nextReads] = next.Left[child].Fact!.Value;
        next.OnLeftUpdated(child);
    }

    protected void RemoveChildren(int token)
    {
        int child;
        while ((child = FirstChild(token)) != 0)
            Next.RemoveLeft(child);
    }

    /// <summary>The first of the pairs a row of the right input is in.</summary>
    protected virtual ref int FirstPairOfRight(int right) => throw new InvalidOperationException();

    /// <summary>Links a row of the next step, or of the pairs, to its parent here and to its right row.</summary>
    protected virtual void Attach(TokenRows rows, int child)
    {
        ref var row = ref rows[child];
        ref var kin = ref rows.Kin[child];
        ref var first = ref FirstOfParent(row.Parent, row.Right != 0);
        kin.PreviousOfParent = 0;
        kin.NextOfParent = first;
        if (first != 0)
            rows.Kin[first].PreviousOfParent = child;
        first = child;
        if (row.Right == 0)
            return;
        ref var firstOfRight = ref FirstPairOfRight(row.Right);
        kin.PreviousOfRight = 0;
        kin.NextOfRight = firstOfRight;
        if (firstOfRight != 0)
            rows.Kin[firstOfRight].PreviousOfRight = child;
        firstOfRight = child;
    }

    /// <summary>Takes a row out of the lists of its parent and its right row. Its own links stay, for <see cref="Reattach"/>.</summary>
    protected virtual void Detach(TokenRows rows, int child)
    {
        ref var row = ref rows[child];
        ref var kin = ref rows.Kin[child];
        if (kin.PreviousOfParent != 0)
            rows.Kin[kin.PreviousOfParent].NextOfParent = kin.NextOfParent;
        else
            FirstOfParent(row.Parent, row.Right != 0) = kin.NextOfParent;
        if (kin.NextOfParent != 0)
            rows.Kin[kin.NextOfParent].PreviousOfParent = kin.PreviousOfParent;
        if (row.Right == 0)
            return;
        if (kin.PreviousOfRight != 0)
            rows.Kin[kin.PreviousOfRight].NextOfRight = kin.NextOfRight;
        else
            FirstPairOfRight(row.Right) = kin.NextOfRight;
        if (kin.NextOfRight != 0)
            rows.Kin[kin.NextOfRight].PreviousOfRight = kin.PreviousOfRight;
    }

    protected virtual void Reattach(TokenRows rows, int child)
    {
        ref var row = ref rows[child];
        ref var kin = ref rows.Kin[child];
        if (kin.PreviousOfParent != 0)
            rows.Kin[kin.PreviousOfParent].NextOfParent = child;
        else
            FirstOfParent(row.Parent, row.Right != 0) = child;
        if (kin.NextOfParent != 0)
            rows.Kin[kin.NextOfParent].PreviousOfParent = child;
        if (row.Right == 0)
            return;
        if (kin.PreviousOfRight != 0)
            rows.Kin[kin.PreviousOfRight].NextOfRight = child;
        else
            FirstPairOfRight(row.Right) = child;
        if (kin.NextOfRight != 0)
            rows.Kin[kin.NextOfRight].PreviousOfRight = child;
    }

    /// <summary>The first of the rows at the next step that extend a partial match; at a join, those are its pairs.</summary>
    protected virtual ref int FirstChild(int token) => ref Left.Kin[token].First;

    private ref int FirstOfParent(int parent, bool isPair)
    {
        if (isPair)
            return ref Left.Kin[parent].First;
        return ref FirstChild(parent);
    }

    public virtual void Undo(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.TokenAdded:
                Unlink(change.Row);
                Previous!.Detach(Left, change.Row);
                Left.Free(change.Row);
                break;
            case ChangeKind.TokenRemoved:
                Previous!.Reattach(Left, change.Row);
                Relink(change.Row);
                break;
            case ChangeKind.FactSet:
                ((Fact)change.Item!).Value = change.Old;
                break;
        }
    }

    public virtual void Commit(in Change change)
    {
        if (change.Kind == ChangeKind.TokenRemoved)
        {
            OnFreeing(change.Row);
            Left.Free(change.Row);
        }
    }
}
