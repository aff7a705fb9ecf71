namespace PlanningServices.RuleEngine.RuleModel;

/// <summary>Shorthand for linked facts.</summary>
public static class ContextExtensions
{
    /// <summary>The fact linked to the match under a key.</summary>
    /// <typeparam name="TFact">Type of the fact.</typeparam>
    /// <param name="context">The context of the action.</param>
    /// <param name="key">The key it was linked with.</param>
    /// <returns>The fact, or <c>default</c>.</returns>
    public static TFact? GetLinked<TFact>(this IContext context, object key) =>
        (TFact?)context.GetLinked(key);
}
