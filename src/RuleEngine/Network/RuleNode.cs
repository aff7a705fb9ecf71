using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The end of a rule: each complete match is an activation.</summary>
internal sealed class RuleNode(Session session, object?[] bindings, CompiledBranch branch)
    : BetaNode(session, bindings)
{
    private readonly Column<Activation?> _activations = new();

    public override void OnLeftAdded(int token)
    {
        var activation = new Activation(branch, Facts(token));
        _activations[token] = activation;
        Session.OnActivationCreated(activation);
    }

    public override void OnLeftUpdated(int token) => Session.OnActivationUpdated(_activations[token]!);

    protected override void OnLeftRemoving(int token) => Session.OnActivationRemoved(_activations[token]!);

    protected override void OnFreeing(int token) => _activations[token] = null;

    public override void Clear()
    {
        _activations.Clear(Left.Used);
        base.Clear();
    }

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
