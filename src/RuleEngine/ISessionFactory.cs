using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Extensibility;

namespace PlanningServices.RuleEngine;

/// <summary>Compiled rules; makes sessions that share them. Safe for use by many threads.</summary>
public interface ISessionFactory
{
    /// <summary>The events of all sessions made here; the sender is the session.</summary>
    IEventProvider Events { get; }

    /// <summary>Resolves the services of actions, for sessions made after it is set.</summary>
    IDependencyResolver DependencyResolver { get; set; }

    /// <summary>Runs the actions, for sessions made after it is set.</summary>
    IActionInterceptor? ActionInterceptor { get; set; }

    /// <summary>Makes an empty session.</summary>
    /// <returns>The session.</returns>
    ISession CreateSession();

    /// <summary>Makes an empty session and sets it up before rules that need no fact are matched.</summary>
    /// <param name="initializationAction">Sets it up.</param>
    /// <returns>The session.</returns>
    ISession CreateSession(Action<ISession>? initializationAction);
}
