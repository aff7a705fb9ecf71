namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>
/// Brings the results of a query that reads no variable of the rule to the right input of a join: the query
/// is worked out once, not once per partial match.
/// </summary>
internal sealed class RightAdapter(Session session, object?[] bindings, InputNode input)
    : BetaNode(session, bindings)
{
    private readonly Column<int> _rights = new();

    public override void OnLeftAdded(int token)
    {
        _rights[token] = input.AddRight(Left[token].Fact!);
        input.Flush();
    }

    public override void OnLeftUpdated(int token)
    {
        input.UpdateRight(_rights[token]);
        input.Flush();
    }

    protected override void OnLeftRemoving(int token)
    {
        input.RemoveRight(_rights[token]);
        input.Flush();
    }

    public override void Clear()
    {
        _rights.Clear(Left.Used);
        base.Clear();
    }
}
