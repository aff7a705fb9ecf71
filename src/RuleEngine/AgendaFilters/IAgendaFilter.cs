namespace PlanningServices.RuleEngine.AgendaFilters;

/// <summary>Decides whether a match is put on the agenda. It never takes one off.</summary>
public interface IAgendaFilter
{
    /// <summary>Judges a match that is about to be put on the agenda.</summary>
    /// <param name="context">For the use of filters that evaluate expressions of a rule.</param>
    /// <param name="activation">The match.</param>
    /// <returns>Whether it is put on.</returns>
    bool Accept(AgendaContext context, Activation activation);
}

/// <summary>A filter that remembers something about matches.</summary>
public interface IStatefulAgendaFilter : IAgendaFilter
{
    /// <summary>A match was taken off the agenda to fire.</summary>
    /// <param name="context">The context.</param>
    /// <param name="activation">The match.</param>
    void Select(AgendaContext context, Activation activation);

    /// <summary>A match no longer holds; what is remembered of it can be dropped.</summary>
    /// <param name="context">The context.</param>
    /// <param name="activation">The match.</param>
    void Remove(AgendaContext context, Activation activation);
}
