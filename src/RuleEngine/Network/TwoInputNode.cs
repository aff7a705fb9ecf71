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

    protected KeyIndex Index { get; } = plan.CreateIndex();

    /// <summary>Conditions that equal keys do not already settle.</summary>
    protected ConditionTest[] Residual { get; } = plan.Residual;

    /// <summary>Where pairs are kept: the left input of the next step, or rows of the node itself.</summary>
    protected abstract Arena<Token> Pairs { get; }

    protected override ref int FirstPairOfRight(int right) => ref Right[right].FirstPair;

    protected abstract void AddPair(int left, int right, Fact fact);

    protected abstract void UpdatePair(int pair);

    protected abstract void RemovePair(int pair);

    /// <summary>Whether rows with computed, equal keys are paired one by one.</summary>
    protected bool PairsChains { get; } = pairsChains;

    public override void OnLeftAdded(int token)
    {
        var slot = LeftSlot();
        ref var chain = ref Index[slot];
        LinkLeft(ref chain, token, slot);
        if (slot == KeyIndex.Loose)
        {
            MatchLooseLeft(token);
            return;
        }
        if (PairsChains)
            PairWithRights(token, chain.FirstRight, Residual);
        PairWithRights(token, Index[KeyIndex.Loose].FirstRight, plan.All);
    }

    public override void OnLeftUpdated(int token)
    {
        var pairs = Pairs;
        for (var pair = Left[token].First; pair != 0; pair = pairs[pair].NextOfParent)
            _rightMarks[pairs[pair].Right] = pair;
        var slot = LeftSlot();
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
        int next;
        for (var pair = Left[token].First; pair != 0; pair = next)
        {
            next = pairs[pair].NextOfParent;
            ref var mark = ref _rightMarks[pairs[pair].Right];
            if (mark != pair)
                continue;
            mark = 0;
            RemovePair(pair);
        }
    }

    protected override void OnLeftRemoving(int token)
    {
        int pair;
        while ((pair = Left[token].First) != 0)
            RemovePair(pair);
    }

    public override int AddRight(Fact fact)
    {
        var row = Right.Take();
        ref var right = ref Right[row];
        right.Fact = fact;
        if (Number != 0)
            fact.Enlist(ref right.Link, Number, row);
        var slot = RightSlot(fact);
        ref var chain = ref Index[slot];
        LinkRight(ref chain, ref right, row, slot);
        Session.Journal.Add(this, ChangeKind.RightAdded, row);
        if (slot == KeyIndex.Loose)
        {
            MatchLooseRight(row, fact);
            return row;
        }
        if (PairsChains)
            PairWithLefts(row, fact, chain.FirstLeft, Residual);
        PairWithLefts(row, fact, Index[KeyIndex.Loose].FirstLeft, plan.All);
        return row;
    }

    public override void UpdateRight(int row)
    {
        var fact = Right[row].Fact;
        var pairs = Pairs;
        for (var pair = Right[row].FirstPair; pair != 0; pair = pairs[pair].NextOfRight)
            _leftMarks[pairs[pair].Parent] = pair;
        var slot = RightSlot(fact);
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
        int next;
        for (var pair = Right[row].FirstPair; pair != 0; pair = next)
        {
            next = pairs[pair].NextOfRight;
            ref var mark = ref _leftMarks[pairs[pair].Parent];
            if (mark != pair)
                continue;
            mark = 0;
            RemovePair(pair);
        }
    }

    public override void RemoveRight(int row)
    {
        int pair;
        while ((pair = Right[row].FirstPair) != 0)
            RemovePair(pair);
        UnlinkRight(row);
        Delist(row);
        Session.Journal.AddRemoval(this, ChangeKind.RightRemoved, row);
    }

    public override ref FactLink LinkOf(int row) => ref Right[row].Link;

    public override void Clear()
    {
        base.Clear();
        Right.Clear();
        Index.Clear();
    }

    /// <summary>A row without a key may belong to any chain.</summary>
    private void MatchLooseLeft(int token)
    {
        for (var chain = 0; chain <= Index.LastSlot; chain++)
            PairWithRights(token, Index[chain].FirstRight, plan.All);
    }

    private void MatchLooseRight(int row, Fact fact)
    {
        for (var chain = 0; chain <= Index.LastSlot; chain++)
            PairWithLefts(row, fact, Index[chain].FirstLeft, plan.All);
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
        Bindings[_rightVariable] = fact.Value;
        try
        {
            return Index.RightSlot(Bindings);
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
            ref var row = ref Right[right];
            if (tests.Length > 0)
                Bindings[_rightVariable] = row.Fact.Value;
            if (tests.Length == 0 || Pass(tests))
                AddPair(token, right, row.Fact);
            right = row.Next;
        }
    }

    /// <summary>Pairs a new fact with the partial matches of a chain.</summary>
    private void PairWithLefts(int row, Fact fact, int first, ConditionTest[] tests)
    {
        for (var left = first; left != 0; left = Left[left].Next)
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
        for (var right = Index[slot].FirstRight; right != 0; right = Right[right].Next)
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
        for (var left = Index[slot].FirstLeft; left != 0; left = Left[left].Next)
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

    /// <summary>A row that is in a chain has the number of the chain plus one; 0 means in none.</summary>
    private void LinkLeft(ref Chain chain, int token, int slot)
    {
        ref var row = ref Left[token];
        row.Slot = slot + 1;
        row.Next = 0;
        row.Previous = chain.LastLeft;
        if (chain.LastLeft != 0)
            Left[chain.LastLeft].Next = token;
        else
            chain.FirstLeft = token;
        chain.LastLeft = token;
    }

    protected override void Unlink(int token)
    {
        ref var row = ref Left[token];
        if (row.Slot == 0)
            return;
        ref var chain = ref Index[row.Slot - 1];
        if (row.Previous != 0)
            Left[row.Previous].Next = row.Next;
        else
            chain.FirstLeft = row.Next;
        if (row.Next != 0)
            Left[row.Next].Previous = row.Previous;
        else
            chain.LastLeft = row.Previous;
    }

    protected override void Relink(int token)
    {
        ref var row = ref Left[token];
        if (row.Slot == 0)
            return;
        ref var chain = ref Index[row.Slot - 1];
        if (row.Previous != 0)
            Left[row.Previous].Next = token;
        else
            chain.FirstLeft = token;
        if (row.Next != 0)
            Left[row.Next].Previous = token;
        else
            chain.LastLeft = token;
    }

    protected override void OnFreeing(int token) => Index.Release(Left[token].Slot - 1);

    private void MoveLeft(int token, int slot)
    {
        ref var row = ref Left[token];
        if (row.Slot == slot + 1)
            return;
        Session.Journal.AddRemoval(
            new Change(this, ChangeKind.LeftMoved, token, row.Slot, row.Previous, row.Next)
        );
        Unlink(token);
        LinkLeft(ref Index[slot], token, slot);
    }

    private void LinkRight(ref Chain chain, ref RightRow row, int right, int slot)
    {
        row.Slot = slot + 1;
        row.Next = 0;
        row.Previous = chain.LastRight;
        if (chain.LastRight != 0)
            Right[chain.LastRight].Next = right;
        else
            chain.FirstRight = right;
        chain.LastRight = right;
    }

    private void UnlinkRight(int right)
    {
        ref var row = ref Right[right];
        ref var chain = ref Index[row.Slot - 1];
        if (row.Previous != 0)
            Right[row.Previous].Next = row.Next;
        else
            chain.FirstRight = row.Next;
        if (row.Next != 0)
            Right[row.Next].Previous = row.Previous;
        else
            chain.LastRight = row.Previous;
    }

    private void RelinkRight(int right)
    {
        ref var row = ref Right[right];
        ref var chain = ref Index[row.Slot - 1];
        if (row.Previous != 0)
            Right[row.Previous].Next = right;
        else
            chain.FirstRight = right;
        if (row.Next != 0)
            Right[row.Next].Previous = right;
        else
            chain.LastRight = right;
    }

    protected void MoveRight(int right, int slot)
    {
        ref var row = ref Right[right];
        if (row.Slot == slot + 1)
            return;
        Session.Journal.AddRemoval(
            new Change(this, ChangeKind.RightMoved, right, row.Slot, row.Previous, row.Next)
        );
        UnlinkRight(right);
        LinkRight(ref Index[slot], ref row, right, slot);
    }

    /// <summary>Notes at the fact that it is here.</summary>
    private void Enlist(int row)
    {
        ref var right = ref Right[row];
        if (Number != 0)
            right.Fact.Enlist(ref right.Link, Number, row);
    }

    private void Delist(int row)
    {
        ref var right = ref Right[row];
        if (Number != 0)
            Session.Delist(right.Fact, right.Link, Number, row);
    }

    protected int AddPairRow(int left, int right)
    {
        var pair = Pairs.Take();
        ref var row = ref Pairs[pair];
        row.Parent = left;
        row.Right = right;
        Attach(Pairs, ref row, pair);
        Session.Journal.Add(this, ChangeKind.PairAdded, pair);
        return pair;
    }

    protected void RemovePairRow(int pair)
    {
        Detach(Pairs, pair);
        Session.Journal.AddRemoval(this, ChangeKind.PairRemoved, pair);
    }

    public override void Undo(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.RightAdded:
                UnlinkRight(change.Row);
                Delist(change.Row);
                Right.Free(change.Row);
                break;
            case ChangeKind.RightRemoved:
                RelinkRight(change.Row);
                Enlist(change.Row);
                break;
            case ChangeKind.LeftMoved:
                Unlink(change.Row);
                ref var left = ref Left[change.Row];
                (left.Slot, left.Previous, left.Next) = (change.A, change.B, change.C);
                Relink(change.Row);
                break;
            case ChangeKind.RightMoved:
                UnlinkRight(change.Row);
                ref var right = ref Right[change.Row];
                (right.Slot, right.Previous, right.Next) = (change.A, change.B, change.C);
                RelinkRight(change.Row);
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
                Index.Release(Right[change.Row].Slot - 1);
                Right.Free(change.Row);
                break;
            case ChangeKind.LeftMoved:
            case ChangeKind.RightMoved:
                Index.Release(change.A - 1);
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
