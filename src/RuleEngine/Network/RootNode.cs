namespace PlanningServices.RuleEngine.Network;

/// <summary>What happens in a rule before any fact comes.</summary>
internal interface IStart
{
    /// <summary>Starts the rule; what needs no fact matches now.</summary>
    void Start();
}

/// <summary>The start of a rule whose first step is not simply a pattern: one empty partial match.</summary>
internal sealed class RootNode(Session session, object?[] bindings) : BetaNode(session, bindings), IStart
{
    public void Start()
    {
        var root = Left.Take();
        AddChild(root, fact: null);
    }

    public override void OnLeftAdded(int token) => throw new InvalidOperationException();

    public override void OnLeftUpdated(int token) => throw new InvalidOperationException();

    protected override void OnLeftRemoving(int token) => throw new InvalidOperationException();
}
