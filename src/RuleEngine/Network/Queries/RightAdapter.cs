namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>
/// Brings the results of a query that reads no variable of the rule to the right input of a join: the query
/// is worked out once, not once per partial match.
/// </summary>
internal sealed class RightAdapter(Session session, object?[] bindings, InputNode input)
    : BetaNode(session, bindings)
{
    public override void OnLeftAdded(int token)
    {
        var row = input.AddRight(Left[token].Fact!);
        Left[token].First = row;
        input.Flush();
    }

    public override void OnLeftUpdated(int token)
    {
        input.UpdateRight(Left[token].First);
        input.Flush();
    }

    protected override void OnLeftRemoving(int token)
    {
        input.RemoveRight(Left[token].First);
        input.Flush();
    }
}
