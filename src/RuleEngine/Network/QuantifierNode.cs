using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Exists, Not and All: a partial match goes on while it has, or has not, a matching fact. When equal keys
/// settle the match, a look at the chain is enough and nothing is kept per pair.
/// </summary>
internal sealed class QuantifierNode(Session session, object?[] bindings, PairingPlan plan, bool exists)
    : TwoInputNode(session, bindings, plan, pairsChains: plan.Residual.Length > 0)
{
    private readonly Arena<Token> _pairs = new();
    private readonly Column<int> _children = new();

    // While a partial match is paired, its pairs are looked at once, at the end. The number of the call tells
    // what a call that failed left behind.
    private int _matchingCall;

    protected override Arena<Token> Pairs => _pairs;

    protected override ref int FirstChild(int token) => ref _children[token];

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
        var slot = Right[row].Slot - 1;
        // Only the first fact of a chain changes whether its partial matches have one.
        if (!PairsChains && slot != KeyIndex.Loose && Index[slot].LastRight == Index[slot].FirstRight)
            RefreshChain(slot);
        return row;
    }

    public override void UpdateRight(int row)
    {
        var before = Right[row].Slot - 1;
        base.UpdateRight(row);
        var after = Right[row].Slot - 1;
        if (PairsChains || before == after)
            return;
        if (before != KeyIndex.Loose)
            RefreshChain(before);
        if (after != KeyIndex.Loose)
            RefreshChain(after);
    }

    public override void RemoveRight(int row)
    {
        var slot = Right[row].Slot - 1;
        base.RemoveRight(row);
        if (!PairsChains && slot != KeyIndex.Loose && Index[slot].FirstRight == 0)
            RefreshChain(slot);
    }

    public override void Clear()
    {
        _children.Clear(Left.Used);
        base.Clear();
        _pairs.Clear();
        _matchingCall = 0;
    }

    protected override void AddPair(int left, int right, Fact fact)
    {
        AddPairRow(left, right);
        if (_matchingCall != Session.Call)
            Refresh(left);
    }

    protected override void UpdatePair(int pair) { }

    protected override void RemovePair(int pair)
    {
        var left = _pairs[pair].Parent;
        RemovePairRow(pair);
        if (_matchingCall != Session.Call)
            Refresh(left);
    }

    private bool HasMatch(int token)
    {
        ref var row = ref Left[token];
        return row.First != 0
            || (!PairsChains && row.Slot - 1 != KeyIndex.Loose && Index[row.Slot - 1].FirstRight != 0);
    }

    private void RefreshChain(int slot)
    {
        for (var left = Index[slot].FirstLeft; left != 0; left = Left[left].Next)
            Refresh(left);
    }

    private void Refresh(int token)
    {
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
}
