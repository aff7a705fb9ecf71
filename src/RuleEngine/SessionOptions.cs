namespace PlanningServices.RuleEngine;

/// <summary>The order in which matches of one priority fire.</summary>
public enum FiringOrder
{
    /// <summary>First matched first, as in NRules. Which match is first depends on how facts were batched.</summary>
    AsMatched = 0,

    /// <summary>
    /// By rule, in the order of loading, then by the facts of the match, in the order of
    /// <see cref="SessionOptions.FactOrder"/>, else of insertion: the same facts fire the same rules in the
    /// same order, however they were batched.
    /// </summary>
    Canonical = 1,
}

/// <summary>What a session can be told when it is made.</summary>
public sealed record SessionOptions
{
    internal static readonly SessionOptions Default = new();

    /// <summary>The order in which matches of one priority fire; <see cref="FiringOrder.AsMatched"/> by default.</summary>
    public FiringOrder FiringOrder { get; init; }

    /// <summary>
    /// Orders the facts of <see cref="FiringOrder.Canonical"/>, so that not even the order of insertion
    /// matters; facts it calls equal keep the order of insertion. <c>null</c> for the order of insertion.
    /// </summary>
    public IComparer<object>? FactOrder { get; init; }

    /// <summary>
    /// How long a chain of firings may grow, each caused by the one before, until it is taken for a loop and
    /// <see cref="RuleLoopException"/> ends it. 10,000 by default.
    /// </summary>
    public int MaximumChain { get; init; } = 10_000;
}
