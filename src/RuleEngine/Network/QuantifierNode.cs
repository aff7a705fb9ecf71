using System.Runtime.InteropServices;
using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Exists, Not and All: a partial match goes on while it has, or has not, a matching fact. When equal keys
/// settle the match, a look at the chain is enough and nothing is kept per pair.
/// </summary>
internal sealed class QuantifierNode(Session session, object?[] bindings, PairingPlan plan, bool exists)
    : TwoInputNode(session, bindings, plan, pairsChains: plan.Residual.Length > 0)
{
    [StructLayout(LayoutKind.Auto)]
    private struct Verdict
    {
        /// <summary>How many pairs the partial match has.</summary>
        public int Matches;

        /// <summary>The row at the next step, while the partial match goes on; not known until the session is linked.</summary>
        public int Child;
    }

    private readonly TokenRows _pairs = new();
    private readonly Column<Verdict> _verdicts = new();

    // While a partial match is paired, its pairs are looked at once, at the end. The number of the call tells
    // what a call that failed left behind.
    private int _matchingCall;

    protected override TokenRows Pairs => _pairs;

    protected override ref int FirstChild(int token) => ref _verdicts[token].Child;

    public override void OnLeftAdded(int token)
    {
        _matchingCall = Session.Call;
        base.OnLeftAdded(token);
        _matchingCall = 0;
        if (HasMatch(token) == exists)
            AddChild(token, fact: null);
    }

    public override void OnLeftUpdated(int token)
    {
        _matchingCall = Session.Call;
        base.OnLeftUpdated(token);
        _matchingCall = 0;
        var child = FirstChild(token);
        if (HasMatch(token) != exists)
        {
            if (child != 0)
                Next.RemoveLeft(child);
        }
        else if (child != 0)
            UpdateChild(child);
        else
            AddChild(token, fact: null);
    }

    protected override void OnLeftRemoving(int token)
    {
        RemoveChildren(token);
        _matchingCall = Session.Call;
        base.OnLeftRemoving(token);
        _matchingCall = 0;
    }

    public override int AddRight(Fact fact)
    {
        var row = base.AddRight(fact);
        var slot = RightChains.SlotOf(row);
        // Only the first fact of a chain changes whether its partial matches have one.
        if (!PairsChains && slot != KeyIndex.Loose && Index[slot].Right.Last == Index[slot].Right.First)
            RefreshChain(slot);
        return row;
    }

    public override void UpdateRight(int row)
    {
        var before = RightChains.SlotOf(row);
        base.UpdateRight(row);
        var after = RightChains.SlotOf(row);
        if (PairsChains || before == after)
            return;
        if (before != KeyIndex.Loose)
            RefreshChain(before);
        if (after != KeyIndex.Loose)
            RefreshChain(after);
    }

    public override void RemoveRight(int row)
    {
        var slot = RightChains.SlotOf(row);
        base.RemoveRight(row);
        if (!PairsChains && slot != KeyIndex.Loose && Index[slot].Right.First == 0)
            RefreshChain(slot);
    }

    public override void Clear()
    {
        _verdicts.Clear(Left.Used);
        base.Clear();
        _pairs.Clear();
        _matchingCall = 0;
    }

    protected override void AddPair(int left, int right, Fact fact)
    {
        AddPairRow(left, right);
        _verdicts[left].Matches++;
        if (_matchingCall != Session.Call)
            Refresh(left);
    }

    protected override void UpdatePair(int pair) { }

    protected override void RemovePair(int pair)
    {
        var left = _pairs[pair].Parent;
        RemovePairRow(pair);
        _verdicts[left].Matches--;
        if (_matchingCall != Session.Call)
            Refresh(left);
    }

    private bool HasMatch(int token)
    {
        if (_verdicts[token].Matches > 0)
            return true;
        if (PairsChains)
            return false;
        var slot = LeftChains.SlotOf(token);
        return slot != KeyIndex.Loose && Index[slot].Right.First != 0;
    }

    private void RefreshChain(int slot)
    {
        for (var left = Index[slot].Left.First; left != 0; left = LeftChains.After(left))
            Refresh(left);
    }

    private void Refresh(int token)
    {
        Session.Link();
        var child = FirstChild(token);
        if (HasMatch(token) == exists)
        {
            if (child == 0)
            {
                Load(token);
                AddChild(token, fact: null);
            }
        }
        else if (child != 0)
            Next.RemoveLeft(child);
    }

    public override void Link()
    {
        base.Link();
        for (var pair = 1; pair <= _pairs.Used; pair++)
            Attach(_pairs, pair);
    }

    public override void Undo(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.PairAdded:
                _verdicts[_pairs[change.Row].Parent].Matches--;
                break;
            case ChangeKind.PairRemoved:
                _verdicts[_pairs[change.Row].Parent].Matches++;
                break;
        }
        base.Undo(change);
    }
}
