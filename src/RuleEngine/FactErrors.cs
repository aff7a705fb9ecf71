namespace PlanningServices.RuleEngine;

/// <summary>
/// What a call throws for facts it cannot take: the exception itself, not one derived from it, because that is
/// what callers who know NRules expect.
/// </summary>
internal static class FactErrors
{
    /// <summary>Facts were inserted that the session already has, or that are twice in a batch.</summary>
    public static ArgumentException Exist(IReadOnlyList<object> facts, string? where = null) =>
        new(
            $"{where}Fact '{facts[0]}'{Others(facts)} is already in the session. "
                + "Insert a fact once, and Update() it when it changes. Nothing was inserted.",
            nameof(facts)
        );

    /// <summary>Facts were updated or retracted that the session does not have.</summary>
    public static ArgumentException NotFound(IReadOnlyList<object> facts, string done) =>
        new(
            $"Fact '{facts[0]}'{Others(facts)} is not in the session. "
                + "A fact is found by its identity: Equals(), or IIdentityProvider. "
                + $"Nothing was {done}.",
            nameof(facts)
        );

    private static string Others(IReadOnlyList<object> facts) =>
        facts.Count > 1 ? $", like {facts.Count - 1} others," : "";
}
