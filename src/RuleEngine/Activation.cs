#nullable enable
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>A match of a rule, as the agenda holds it.</summary>
public sealed class Activation : IMatch
{
    internal CompiledRule Compiled = null!;
    internal Branch Branch = null!;
    internal object?[] Env = [];
    internal object?[] Content = [];
    internal Dictionary<object, Handle>? Linked;
    internal bool HasFired;
    internal bool Queued;
    internal long Order;
    internal object?[]? Keys;

    internal Activation() { }

    /// <inheritdoc/>
    public IRuleDefinition Rule => Compiled.Definition;

    /// <inheritdoc/>
    public MatchTrigger Trigger { get; internal set; }

    /// <inheritdoc/>
    public IEnumerable<IFactMatch> Facts =>
        Branch
            .Elements.OfType<PatternElement>()
            .Select(p => new Bound(p.Declaration, Env[Compiled.Slots[p.Declaration]]));

    private sealed class Bound(Declaration declaration, object? value) : IFactMatch
    {
        public Declaration Declaration => declaration;
        public Type? Type => value?.GetType();
        public object? Value => value;
        public IFactSource? Source => null;
    }
}
