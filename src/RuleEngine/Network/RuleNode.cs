using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The end of a rule: each complete match is an activation.</summary>
internal sealed class RuleNode(Session session, object?[] bindings, CompiledBranch branch)
    : BetaNode(session, bindings)
{
    private readonly Column<Activation?> _activations = new();

    public CompiledBranch Branch => branch;

    /// <summary>The number of the node among those of the session.</summary>
    public required int Number { get; init; }

    public override void OnLeftAdded(int token)
    {
        if (Session.IsLinked)
            Session.OnActivationCreated(ActivationOf(token));
        else
            Session.OwnAgenda.AddFresh(this, token);
    }

    public override void OnLeftUpdated(int token) => Session.OnActivationUpdated(ActivationOf(token));

    protected override void OnLeftRemoving(int token) => Session.OnActivationRemoved(ActivationOf(token));

    protected override void OnFreeing(int token) => _activations[token] = null;

    /// <summary>The match of a row, which is made when it is first asked for.</summary>
    public Activation ActivationOf(int token) => _activations[token] ??= new Activation(branch, Facts(token));

    /// <summary>Puts the values of a match's facts in the places of their variables.</summary>
    public void Bind(int token, object?[] bindings) => Load(token, bindings);

    public override void Clear()
    {
        _activations.Clear(Left.Used);
        base.Clear();
    }

    public override void Undo(in Change change)
    {
        if (change.Kind == ChangeKind.TokenAdded)
        {
            Session.OwnAgenda.Withdraw(ActivationOf(change.Row));
            _activations[change.Row] = null;
        }
        base.Undo(change);
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
