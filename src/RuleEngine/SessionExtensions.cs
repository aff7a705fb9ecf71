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

    private static Session Own(ISession session) =>
        session as Session
        ?? throw new ArgumentException("The session was not made by this engine.", nameof(session));
}
