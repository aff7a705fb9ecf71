using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The end of a rule: each complete match is an activation.</summary>
internal sealed class RuleNode(Session session, object?[] bindings, CompiledBranch branch)
    : BetaNode(session, bindings)
{
    public override void OnLeftAdded(int token)
    {
        var activation = new Activation(branch, Facts(token));
        Left[token].State = activation;
        Session.OnActivationCreated(activation);
    }

    public override void OnLeftUpdated(int token) =>
        Session.OnActivationUpdated((Activation)Left[token].State!);

    protected override void OnLeftRemoving(int token) =>
        Session.OnActivationRemoved((Activation)Left[token].State!);

    private Fact[] Facts(int token)
    {
        var facts = new Fact[branch.FactCount];
        var position = facts.Length;
        BetaNode node = this;
        while (node.Previous is { } previous)
        {
            ref var row = ref node.Left[token];
            if (row.Fact is not null)
                facts[--position] = row.Fact;
            token = row.Parent;
            node = previous;
        }
        return facts;
    }
}
