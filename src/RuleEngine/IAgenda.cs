using PlanningServices.RuleEngine.AgendaFilters;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>The matches that wait to fire: highest priority first, then first matched first.</summary>
public interface IAgenda
{
    /// <summary>Whether none waits.</summary>
    bool IsEmpty { get; }

    /// <summary>The match that would fire next.</summary>
    /// <returns>The match; it stays on the agenda.</returns>
    /// <exception cref="InvalidOperationException">None waits.</exception>
    IMatch Peek();

    /// <summary>Takes all matches off without firing them.</summary>
    void Clear();

    /// <summary>Adds a filter for the matches of all rules; those already on the agenda stay.</summary>
    /// <param name="filter">The filter.</param>
    void AddFilter(IAgendaFilter filter);

    /// <summary>Adds a filter for the matches of one rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="filter">The filter.</param>
    void AddFilter(IRuleDefinition rule, IAgendaFilter filter);
}
