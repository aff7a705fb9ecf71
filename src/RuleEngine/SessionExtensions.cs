using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Explaining;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>What this engine's sessions can do beyond <see cref="ISession"/>.</summary>
public static class SessionExtensions
{
    /// <summary>
    /// Empties the session for use with other facts: facts, matches and agenda go, without events and without
    /// undoing anything. Listeners, filters and settings stay. What was allocated is used again.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <exception cref="ArgumentException">The session is not one of this engine.</exception>
    public static void Clear(this ISession session) => Own(session).Clear();

    /// <summary>
    /// Says why a rule matches facts, or which step and condition stops it, with the values read. The run need
    /// not have been traced. A pattern that one of the facts can stand for is tried with those facts only, the
    /// others with the facts of the session. Costs what trying the rule in nested loops costs.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="ruleName">The name of the rule.</param>
    /// <param name="facts">The facts; they need not be in the session.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">No rule of the session has the name.</exception>
    public static RuleExplanation Explain(this ISession session, string ruleName, params object[] facts)
    {
        var own = Own(session);
        var rule =
            Array.Find(
                own.Rules.Rules,
                rule => string.Equals(rule.Definition.Name, ruleName, StringComparison.Ordinal)
            )
            ?? throw new ArgumentException(
                $"The session has no rule '{ruleName}'. It has {Texts.List(own.Rules.Rules.Select(known => known.Definition.Name))}.",
                nameof(ruleName)
            );
        return Explainer.Explain(rule, facts, own.Query<object>());
    }

    /// <summary>Says why a rule matches facts, or which step and condition stops it, with the values read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="facts">The facts; they need not be in the session.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The rule is not of the session.</exception>
    public static RuleExplanation Explain(this ISession session, IRuleDefinition rule, params object[] facts)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return session.Explain(rule.Name, facts);
    }

    /// <summary>Makes an empty session with options.</summary>
    /// <param name="factory">The factory.</param>
    /// <param name="options">The options.</param>
    /// <returns>The session.</returns>
    /// <exception cref="ArgumentException">The factory is not one of this engine.</exception>
    public static ISession CreateSession(this ISessionFactory factory, SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return factory is SessionFactory own
            ? own.CreateSession(options, initializationAction: null)
            : throw new ArgumentException("The factory was not made by this engine.", nameof(factory));
    }

    private static Session Own(ISession session) =>
        session as Session
        ?? throw new ArgumentException("The session was not made by this engine.", nameof(session));
}
