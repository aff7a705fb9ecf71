namespace PlanningServices.RuleEngine;

/// <summary>A fact was inserted that the session already has, or that is twice in a batch. Nothing was inserted.</summary>
public class FactExistsException : ArgumentException
{
    internal FactExistsException(IReadOnlyList<object> facts, string? where = null)
        : base(
            $"{where}Fact '{facts[0]}'{Others(facts)} is already in the session. "
                + "Insert a fact once, and Update() it when it changes. Nothing was inserted."
        ) => Facts = facts;

    /// <summary>The facts.</summary>
    public IReadOnlyList<object> Facts { get; }

    internal static string Others(IReadOnlyList<object> facts) =>
        facts.Count > 1 ? $", like {facts.Count - 1} others," : "";
}

/// <summary>A fact was updated or retracted that the session does not have. Nothing was done.</summary>
public class FactNotFoundException : ArgumentException
{
    internal FactNotFoundException(IReadOnlyList<object> facts, string done)
        : base(
            $"Fact '{facts[0]}'{FactExistsException.Others(facts)} is not in the session. "
                + "A fact is found by its identity: Equals(), or IIdentityProvider. "
                + $"Nothing was {done}."
        ) => Facts = facts;

    /// <summary>The facts.</summary>
    public IReadOnlyList<object> Facts { get; }
}
