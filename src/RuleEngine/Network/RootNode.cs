namespace PlanningServices.RuleEngine.Network;

/// <summary>The start of a rule: one empty partial match.</summary>
internal sealed class RootNode(Session session, object?[] bindings) : BetaNode(session, bindings)
{
    /// <summary>Starts the rule; what needs no fact matches now.</summary>
    public void Activate()
    {
        var root = Left.Take();
        AddChild(root, fact: null);
    }

    public override void OnLeftAdded(int token) => throw new InvalidOperationException();

    public override void OnLeftUpdated(int token) => throw new InvalidOperationException();

    protected override void OnLeftRemoving(int token) => throw new InvalidOperationException();
}
