using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>Shorthand for actions.</summary>
public static class ContextExtensions
{
    /// <summary>Changes a fact and tells the session.</summary>
    /// <typeparam name="T">Type of the fact.</typeparam>
    /// <param name="context">The context of the action.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="updateAction">Changes it.</param>
    /// <exception cref="ArgumentException">The session does not have the fact.</exception>
    public static void Update<T>(this IContext context, T fact, Action<T> updateAction)
        where T : notnull
    {
        updateAction(fact);
        context.Update(fact);
    }

    /// <summary>Resolves a service through the session's dependency resolver.</summary>
    /// <typeparam name="TService">Type of the service.</typeparam>
    /// <param name="context">The context of the action.</param>
    /// <returns>The service.</returns>
    public static TService Resolve<TService>(this IContext context) =>
        (TService)context.Resolve(typeof(TService));
}
