using PlanningServices.RuleEngine.Network;
using PlanningServices.RuleEngine.Network.Queries;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>One step of a rule, compiled; makes the step's node for a session.</summary>
internal abstract class StepPlan
{
    /// <summary>The variable the step binds; -1 when it binds none.</summary>
    public int Variable { get; init; } = -1;

    /// <summary>What the rule author wrote, for explanations.</summary>
    public required RuleLeftElement Element { get; init; }

    /// <summary>Whether the step needs no partial match to begin with.</summary>
    public virtual bool IsStart => false;

    public abstract BetaNode CreateNode(Session session, object?[] bindings);
}

/// <summary>How partial matches and facts are paired.</summary>
internal sealed class PairingPlan
{
    /// <summary>Where the facts come in; <c>null</c> when they come from a query.</summary>
    public InputPlan? Input { get; init; }

    /// <summary>The variable that stands for a fact in the conditions.</summary>
    public required int RightVariable { get; init; }

    public required Func<KeyIndex> CreateIndex { get; init; }

    /// <summary>Conditions that equal keys do not settle.</summary>
    public required ConditionTest[] Residual { get; init; }

    /// <summary>All conditions, in the order of the rule.</summary>
    public required ConditionTest[] All { get; init; }
}

/// <summary>Match, as the first step.</summary>
internal sealed class EntryPlan : StepPlan
{
    public required InputPlan Input { get; init; }

    public override bool IsStart => true;

    public override BetaNode CreateNode(Session session, object?[] bindings)
    {
        var entry = new EntryNode(session, bindings);
        session.Register(Input, entry);
        return entry;
    }
}

/// <summary>Match.</summary>
internal sealed class JoinPlan : StepPlan
{
    public required PairingPlan Pairing { get; init; }

    /// <summary>The query whose results are matched, when the pattern is not over facts.</summary>
    public StepPlan? Query { get; init; }

    public override BetaNode CreateNode(Session session, object?[] bindings)
    {
        var join = new JoinNode(session, bindings, Pairing);
        if (Query is null)
            session.Register(Pairing.Input!, join);
        else
        {
            var query = session.Start(Query, bindings);
            var adapter = new RightAdapter(session, bindings, join);
            query.Connect(adapter, Query.Variable);
            session.RegisterNode(adapter);
        }
        return join;
    }
}

/// <summary>Exists, Not and All.</summary>
internal sealed class QuantifierPlan : StepPlan
{
    public required PairingPlan Pairing { get; init; }

    public required bool Exists { get; init; }

    public override BetaNode CreateNode(Session session, object?[] bindings)
    {
        var node = new QuantifierNode(session, bindings, Pairing, Exists);
        session.Register(Pairing.Input!, node);
        return node;
    }
}

/// <summary>Let, and a query that only computes a value.</summary>
internal sealed class BindingPlan : StepPlan
{
    public required Computation Computation { get; init; }

    public required ConditionTest[] Conditions { get; init; }

    public override BetaNode CreateNode(Session session, object?[] bindings) =>
        new BindingNode(session, bindings, this);
}

/// <summary>Query over facts, or over a computed value.</summary>
internal sealed class QueryPlan : StepPlan
{
    /// <summary>How the facts are found; <c>null</c> when the query starts from a computed value.</summary>
    public PairingPlan? Pairing { get; init; }

    /// <summary>The value the query starts from.</summary>
    public BindingPlan? Start { get; init; }

    public required Operator[] Operators { get; init; }

    /// <summary>Whether the query reads variables of the rule.</summary>
    public required bool ReadsVariables { get; init; }

    public override bool IsStart => !ReadsVariables && Pairing is not null;

    public override BetaNode CreateNode(Session session, object?[] bindings)
    {
        if (Pairing is null)
            return new ValueQueryNode(session, bindings, this);
        if (ReadsVariables)
        {
            var node = new QueryNode(session, bindings, this);
            session.Register(Pairing.Input!, node);
            return node;
        }
        var start = new FactQueryNode(session, bindings, this);
        session.Register(Pairing.Input!, start);
        return start;
    }
}
