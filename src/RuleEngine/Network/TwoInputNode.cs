using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// A step that pairs partial matches with facts. Equality conditions choose the chain of candidates; the
/// other conditions are tested on each pair.
/// </summary>
internal abstract class TwoInputNode(
    Session session,
    object?[] bindings,
    PairingPlan plan,
    bool pairsChains = true
) : InputNode(session, bindings)
{
    private readonly int _rightVariable = plan.RightVariable;

    // Scratch for one update: the pair in which a row was found.
    private readonly Column<int> _leftMarks = new();
    private readonly Column<int> _rightMarks = new();

    protected Arena<RightRow> Right { get; } = new();

    private readonly Column<RightKin> _rightKin = new();

    protected Chains LeftChains { get; } = new(session);

    protected Chains RightChains { get; } = new(session);

    protected KeyIndex Index { get; } = plan.CreateIndex();

    /// <summary>Conditions that equal keys do not already settle.</summary>
    protected ConditionTest[] Residual { get; } = plan.Residual;

    /// <summary>Where pairs are kept: the left input of the next step, or rows of the node itself.</summary>
    protected abstract TokenRows Pairs { get; }

    protected override ref int FirstPairOfRight(int right) => ref _rightKin[right].FirstPair;

    protected abstract void AddPair(int left, int right, Fact fact);

    protected abstract void UpdatePair(int pair);

    protected abstract void RemovePair(int pair);

    /// <summary>Whether rows with computed, equal keys are paired one by one.</summary>
    protected bool PairsChains { get; } = pairsChains;

    public override void OnLeftAdded(int token)
    {
        var slot = LeftSlot();
        ref var chain = ref Index[slot];
        LeftChains.Append(ref chain.Left, token, slot);
        if (slot == KeyIndex.Loose)
        {
            MatchLooseLeft(token);
            return;
        }
        if (PairsChains)
            PairWithRights(token, chain.Right.First, Residual);
        PairWithRights(token, Index[KeyIndex.Loose].Right.First, plan.All);
    }

    public override void OnLeftUpdated(int token)
    {
        var pairs = Pairs;
        for (var pair = Left.Kin[token].First; pair != 0; pair = pairs.Kin[pair].NextOfParent)
            _rightMarks[pairs[pair].Right] = pair;
        var isDone = false;
        try
        {
            UpdateWithRights(token, LeftSlot());
            isDone = true;
        }
        finally
        {
            // A pair still marked was not met as a candidate. No mark must be left for a later call to stumble over.
            int next;
            for (var pair = Left.Kin[token].First; pair != 0; pair = next)
            {
                next = pairs.Kin[pair].NextOfParent;
                ref var mark = ref _rightMarks[pairs[pair].Right];
                if (mark != pair)
                    continue;
                mark = 0;
                if (isDone)
                    RemovePair(pair);
            }
        }
    }

    private void UpdateWithRights(int token, int slot)
    {
        MoveLeft(token, slot);
        if (slot == KeyIndex.Loose)
        {
            for (var chain = 0; chain <= Index.LastSlot; chain++)
                UpdateWithRights(token, chain, plan.All);
        }
        else
        {
            if (PairsChains)
                UpdateWithRights(token, slot, Residual);
            UpdateWithRights(token, KeyIndex.Loose, plan.All);
        }
    }

    protected override void OnLeftRemoving(int token)
    {
        int pair;
        while ((pair = Left.Kin[token].First) != 0)
            RemovePair(pair);
    }

    public override int AddRight(Fact fact)
    {
        var row = Right.Take();
        Right[row].Fact = fact;
        if (Session.IsLinked)
            Enlist(row);
        var slot = RightSlot(fact);
        ref var chain = ref Index[slot];
        RightChains.Append(ref chain.Right, row, slot);
        Session.Journal.Add(JournalNumber, ChangeKind.RightAdded, row);
        if (slot == KeyIndex.Loose)
        {
            MatchLooseRight(row, fact);
            return row;
        }
        if (PairsChains)
            PairWithLefts(row, fact, chain.Left.First, Residual);
        PairWithLefts(row, fact, Index[KeyIndex.Loose].Left.First, plan.All);
        return row;
    }

    public override void UpdateRight(int row)
    {
        var fact = Right[row].Fact;
        var pairs = Pairs;
        for (var pair = FirstPairOfRight(row); pair != 0; pair = pairs.Kin[pair].NextOfRight)
            _leftMarks[pairs[pair].Parent] = pair;
        var isDone = false;
        try
        {
            UpdateWithLefts(row, fact, RightSlot(fact));
            isDone = true;
        }
        finally
        {
            int next;
            for (var pair = FirstPairOfRight(row); pair != 0; pair = next)
            {
                next = pairs.Kin[pair].NextOfRight;
                ref var mark = ref _leftMarks[pairs[pair].Parent];
                if (mark != pair)
                    continue;
                mark = 0;
                if (isDone)
                    RemovePair(pair);
            }
        }
    }

    private void UpdateWithLefts(int row, Fact fact, int slot)
    {
        MoveRight(row, slot);
        if (slot == KeyIndex.Loose)
        {
            for (var chain = 0; chain <= Index.LastSlot; chain++)
                UpdateWithLefts(row, fact, chain, plan.All);
        }
        else
        {
            if (PairsChains)
                UpdateWithLefts(row, fact, slot, Residual);
            UpdateWithLefts(row, fact, KeyIndex.Loose, plan.All);
        }
    }

    public override void RemoveRight(int row)
    {
        int pair;
        while ((pair = FirstPairOfRight(row)) != 0)
            RemovePair(pair);
        RightChains.Remove(ref Index[RightChains.SlotOf(row)].Right, row);
        Delist(row);
        Session.Journal.AddRemoval(JournalNumber, ChangeKind.RightRemoved, row);
    }

    public override ref FactLink LinkOf(int row) => ref _rightKin[row].Link;

    public override void Clear()
    {
        LeftChains.Clear(Left.Used);
        RightChains.Clear(Right.Used);
        _rightKin.Clear(Right.Used);
        base.Clear();
        Right.Clear();
        Index.Clear();
    }

    public override void Link()
    {
        base.Link();
        LeftChains.Link(Left.Used);
        RightChains.Link(Right.Used);
        for (var row = 1; row <= Right.Used; row++)
            Enlist(row);
    }

    /// <summary>A row without a key may belong to any chain.</summary>
    private void MatchLooseLeft(int token)
    {
        for (var chain = 0; chain <= Index.LastSlot; chain++)
            PairWithRights(token, Index[chain].Right.First, plan.All);
    }

    private void MatchLooseRight(int row, Fact fact)
    {
        for (var chain = 0; chain <= Index.LastSlot; chain++)
            PairWithLefts(row, fact, Index[chain].Left.First, plan.All);
    }

    protected int LeftSlot()
    {
        try
        {
            return Index.LeftSlot(Bindings);
        }
        catch (Exception)
        {
            // The key is computed before it is known whether it is needed. Rows without one are compared
            // one by one, and the condition fails there if it fails at all.
            return KeyIndex.Loose;
        }
    }

    protected int RightSlot(Fact fact)
    {
        try
        {
            return Index.RightSlot(fact.Value);
        }
        catch (Exception)
        {
            return KeyIndex.Loose;
        }
    }

    /// <summary>Pairs a new partial match with the facts of a chain.</summary>
    private void PairWithRights(int token, int first, ConditionTest[] tests)
    {
        for (var right = first; right != 0; )
        {
            var fact = Right[right].Fact;
            if (tests.Length > 0)
                Bindings[_rightVariable] = fact.Value;
            if (tests.Length == 0 || Pass(tests))
                AddPair(token, right, fact);
            right = RightChains.After(right);
        }
    }

    /// <summary>Pairs a new fact with the partial matches of a chain.</summary>
    private void PairWithLefts(int row, Fact fact, int first, ConditionTest[] tests)
    {
        for (var left = first; left != 0; left = LeftChains.After(left))
        {
            Load(left);
            if (tests.Length > 0)
                Bindings[_rightVariable] = fact.Value;
            if (tests.Length == 0 || Pass(tests))
                AddPair(left, row, fact);
        }
    }

    private void UpdateWithRights(int token, int slot, ConditionTest[] tests)
    {
        for (var right = Index[slot].Right.First; right != 0; right = RightChains.After(right))
        {
            Bindings[_rightVariable] = Right[right].Fact.Value;
            var pass = Pass(tests);
            var mark = _rightMarks[right];
            _rightMarks[right] = 0;
            if (mark != 0 && Pairs[mark].Right == right && Pairs[mark].Parent == token)
                UpdateOrRemove(mark, pass);
            else if (pass)
                AddPair(token, right, Right[right].Fact);
        }
    }

    private void UpdateWithLefts(int row, Fact fact, int slot, ConditionTest[] tests)
    {
        for (var left = Index[slot].Left.First; left != 0; left = LeftChains.After(left))
        {
            Load(left);
            Bindings[_rightVariable] = fact.Value;
            var pass = Pass(tests);
            var mark = _leftMarks[left];
            _leftMarks[left] = 0;
            if (mark != 0 && Pairs[mark].Parent == left && Pairs[mark].Right == row)
                UpdateOrRemove(mark, pass);
            else if (pass)
                AddPair(left, row, fact);
        }
    }

    private void UpdateOrRemove(int pair, bool pass)
    {
        if (pass)
            UpdatePair(pair);
        else
            RemovePair(pair);
    }

    private bool Pass(ConditionTest[] tests)
    {
        foreach (var test in tests)
        {
            if (!test.Evaluate(Session, Bindings))
                return false;
        }
        return true;
    }

    protected override void Unlink(int token)
    {
        var slot = LeftChains.SlotOf(token);
        if (slot >= 0)
            LeftChains.Remove(ref Index[slot].Left, token);
    }

    protected override void Relink(int token)
    {
        var slot = LeftChains.SlotOf(token);
        if (slot >= 0)
            LeftChains.Restore(ref Index[slot].Left, token);
    }

    protected override void OnFreeing(int token)
    {
        Index.Release(LeftChains.SlotOf(token));
        LeftChains.Forget(token);
    }

    private void MoveLeft(int token, int slot)
    {
        if (Moves(LeftChains, ChangeKind.LeftMoved, token, slot, out var before))
        {
            LeftChains.Remove(ref Index[before].Left, token);
            LeftChains.Append(ref Index[slot].Left, token, slot);
        }
    }

    private void MoveRight(int right, int slot)
    {
        if (Moves(RightChains, ChangeKind.RightMoved, right, slot, out var before))
        {
            RightChains.Remove(ref Index[before].Right, right);
            RightChains.Append(ref Index[slot].Right, right, slot);
        }
    }

    /// <summary>Whether a row belongs to another chain than before; writes down where it was.</summary>
    private bool Moves(Chains chains, ChangeKind kind, int row, int slot, out int before)
    {
        before = chains.SlotOf(row);
        if (before == slot)
            return false;
        Session.Journal.AddRemoval(
            new Change(this, kind, row, before, chains.Before(row), chains.After(row))
        );
        return true;
    }

    /// <summary>Notes at the fact that it is here.</summary>
    private void Enlist(int row)
    {
        if (Number != 0)
            Right[row].Fact.Enlist(ref _rightKin[row].Link, Number, row);
    }

    private void Delist(int row)
    {
        if (Number != 0)
            Session.Delist(Right[row].Fact, _rightKin[row].Link, Number, row);
    }

    private void FreeRight(int row)
    {
        Right.Free(row);
        _rightKin[row] = default;
    }

    protected int AddPairRow(int left, int right)
    {
        var pair = Pairs.Take();
        ref var row = ref Pairs[pair];
        row.Parent = left;
        row.Right = right;
        if (Session.IsLinked)
            Attach(Pairs, pair);
        Session.Journal.Add(JournalNumber, ChangeKind.PairAdded, pair);
        return pair;
    }

    protected void RemovePairRow(int pair)
    {
        Detach(Pairs, pair);
        Session.Journal.AddRemoval(JournalNumber, ChangeKind.PairRemoved, pair);
    }

    public override void Undo(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.RightAdded:
                RightChains.Remove(ref Index[RightChains.SlotOf(change.Row)].Right, change.Row);
                Delist(change.Row);
                FreeRight(change.Row);
                break;
            case ChangeKind.RightRemoved:
                RightChains.Restore(ref Index[RightChains.SlotOf(change.Row)].Right, change.Row);
                Enlist(change.Row);
                break;
            case ChangeKind.LeftMoved:
                LeftChains.Remove(ref Index[LeftChains.SlotOf(change.Row)].Left, change.Row);
                LeftChains.SetPlace(change.Row, slot: change.A, previous: change.B, next: change.C);
                LeftChains.Restore(ref Index[change.A].Left, change.Row);
                break;
            case ChangeKind.RightMoved:
                RightChains.Remove(ref Index[RightChains.SlotOf(change.Row)].Right, change.Row);
                RightChains.SetPlace(change.Row, slot: change.A, previous: change.B, next: change.C);
                RightChains.Restore(ref Index[change.A].Right, change.Row);
                break;
            case ChangeKind.PairAdded:
                Detach(Pairs, change.Row);
                Pairs.Free(change.Row);
                break;
            case ChangeKind.PairRemoved:
                Reattach(Pairs, change.Row);
                break;
            default:
                base.Undo(change);
                break;
        }
    }

    public override void Commit(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.RightRemoved:
                Index.Release(RightChains.SlotOf(change.Row));
                FreeRight(change.Row);
                break;
            case ChangeKind.LeftMoved:
            case ChangeKind.RightMoved:
                Index.Release(change.A);
                break;
            case ChangeKind.PairRemoved:
                Pairs.Free(change.Row);
                break;
            default:
                base.Commit(change);
                break;
        }
    }
}
