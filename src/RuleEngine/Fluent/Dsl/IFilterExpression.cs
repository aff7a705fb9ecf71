using System.Linq.Expressions;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>
/// Writes what decides whether a match is put on the agenda. A match that is refused does not fire, and is
/// not taken as gone: facts it yielded stay.
/// </summary>
public interface IFilterExpression
{
    /// <summary>Accepts an updated match only when one of the keys changed since it was last accepted.</summary>
    /// <param name="keySelectors">The keys.</param>
    /// <returns>The builder.</returns>
    IFilterExpression OnChange(params Expression<Func<object?>>[] keySelectors);

    /// <summary>Accepts a match only when all predicates are true.</summary>
    /// <param name="predicates">The predicates.</param>
    /// <returns>The builder.</returns>
    IFilterExpression Where(params Expression<Func<bool>>[] predicates);
}
