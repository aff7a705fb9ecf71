using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.Network;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>A match of a rule, from when the rule matches until it no longer does.</summary>
public sealed class Activation : IMatch
{
    internal Activation(CompiledBranch branch, Fact[] facts)
    {
        Branch = branch;
        BoundFacts = facts;
    }

    /// <inheritdoc/>
    public IRuleDefinition Rule => Branch.Rule.Definition;

    /// <inheritdoc/>
    public MatchTrigger Trigger { get; internal set; }

    /// <inheritdoc/>
    public IEnumerable<IFactMatch> Facts
    {
        get
        {
            for (var i = 0; i < BoundFacts.Length; i++)
                yield return new FactMatch(Branch.Declarations[i], BoundFacts[i]);
        }
    }

    internal CompiledBranch Branch { get; }

    /// <summary>The facts, in the order of the branch's declarations.</summary>
    internal Fact[] BoundFacts { get; set; }

    internal bool HasFired { get; set; }

    /// <summary>Whether a call has ended in which the match held.</summary>
    internal bool WasKnown { get; set; }

    /// <summary>Whether the match no longer holds.</summary>
    internal bool IsGone { get; set; }

    /// <summary>The place in the order in which matches were found.</summary>
    internal long Arrival { get; set; }

    /// <summary>The call that created or updated it last.</summary>
    internal int Call { get; set; }

    /// <summary>How many firings led to it, each caused by the one before.</summary>
    internal int Chain { get; set; }

    /// <summary>The first of the facts it yielded; <c>null</c> when there is none.</summary>
    internal LinkedFact? Linked { get; set; }

    /// <summary>The keys of OnChange; <c>null</c> while the rule has none.</summary>
    internal ChangeKeys? Keys { get; set; }

    internal bool IsQueued { get; set; }

    /// <summary>Neighbours on the agenda.</summary>
    internal Activation? Next { get; set; }
    internal Activation? Previous { get; set; }

    /// <summary>The values of the facts, with room for what else the rule's expressions read.</summary>
    internal object?[] Bindings()
    {
        var bindings = new object?[Branch.BindingCount];
        Bind(bindings);
        return bindings;
    }

    internal void Bind(object?[] bindings)
    {
        for (var i = 0; i < BoundFacts.Length; i++)
            bindings[i] = BoundFacts[i].Value;
    }

    internal IReadOnlyList<object> Values() => BoundFacts.Select(fact => fact.Value!).ToArray();

    private sealed class FactMatch(Declaration declaration, Fact fact) : IFactMatch
    {
        public Declaration Declaration => declaration;

        public Type? Type => fact.Type;

        public object? Value => fact.Value;

        public IFactSource? Source => fact.Source;
    }
}

/// <summary>The keys of OnChange for a match.</summary>
/// <param name="Present">As they are.</param>
/// <param name="Fired">As they were when the rule last fired; <c>null</c> before it has.</param>
internal sealed record ChangeKeys(object?[] Present, object?[]? Fired)
{
    public bool HaveChanged => Fired is null || !Fired.AsSpan().SequenceEqual(Present);
}
