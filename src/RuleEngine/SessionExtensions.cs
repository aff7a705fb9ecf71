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
