using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Testing;

/// <summary>Notes which rules fire in a session, and on what.</summary>
public interface IRuleInvocationRecorder
{
    /// <summary>What has fired while it was noted.</summary>
    /// <returns>The matches, in the order of firing, each as it was when the rule fired.</returns>
    IReadOnlyList<IMatch> GetInvocations();

    /// <summary>Forgets what was noted.</summary>
    void Clear();

    /// <summary>Stops noting.</summary>
    void Pause();

    /// <summary>Goes on noting after <see cref="Pause"/>.</summary>
    void Resume();
}

internal sealed class RuleInvocationRecorder : IRuleInvocationRecorder
{
    private readonly List<IMatch> _fired = [];
    private bool _isPaused;

    public RuleInvocationRecorder(ISession session) =>
        session.Events.RuleFiredEvent += (_, e) =>
        {
            if (!_isPaused)
                _fired.Add(new Fired(e.Match));
        };

    public IReadOnlyList<IMatch> GetInvocations() => _fired.ToArray();

    public void Clear() => _fired.Clear();

    public void Pause() => _isPaused = true;

    public void Resume() => _isPaused = false;

    /// <summary>A match as it is now; the session's own goes on changing.</summary>
    private sealed class Fired(IMatch match) : IMatch
    {
        public IRuleDefinition Rule { get; } = match.Rule;

        public MatchTrigger Trigger { get; } = match.Trigger;

        public IEnumerable<IFactMatch> Facts { get; } =
            match.Facts.Select(fact => new FiredFact(fact)).ToArray();

        public override string ToString() =>
            $"'{Rule.Name}' on {string.Join(", ", Facts.Select(fact => fact.Value))}";
    }

    private sealed class FiredFact(IFactMatch fact) : IFactMatch
    {
        public Declaration Declaration { get; } = fact.Declaration;

        public Type? Type { get; } = fact.Type;

        public object? Value { get; } = fact.Value;

        public IFactSource? Source { get; } = fact.Source;
    }
}
