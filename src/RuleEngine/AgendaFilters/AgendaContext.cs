namespace PlanningServices.RuleEngine.AgendaFilters;

/// <summary>Where a filter is asked.</summary>
public sealed class AgendaContext
{
    internal AgendaContext(ISession session) => Session = session;

    /// <summary>The session whose agenda it is.</summary>
    internal ISession Session { get; }
}
