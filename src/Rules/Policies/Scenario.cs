using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies;

/// <summary>A named example: given facts, a business date, and the decisions expected of them.</summary>
public sealed record Scenario
{
    /// <summary>What it shows, as a sentence.</summary>
    public required string Name { get; init; }

    /// <summary>Its file, relative to the pack's folder.</summary>
    public required string File { get; init; }

    /// <summary>The line it starts on.</summary>
    public required int Line { get; init; }

    /// <summary>The business date.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The given facts.</summary>
    public required FactSet Facts { get; init; }

    /// <summary>The pack's parameters with those that the scenario gives another value.</summary>
    public required Parameters Parameters { get; init; }

    /// <summary>The names of the parameters that the scenario gives another value.</summary>
    public IReadOnlyList<string> ChangedParameters { get; init; } = [];

    /// <summary>
    /// Whether <see cref="Expected"/> lists all decisions there are; otherwise others may be reached beside them.
    /// </summary>
    public required bool IsExact { get; init; }

    /// <summary>The decisions expected; at least one.</summary>
    public required IReadOnlyList<ExpectedDecision> Expected { get; init; }
}

/// <summary>A decision that a scenario expects.</summary>
/// <param name="RuleSet">The rule set that decides.</param>
/// <param name="Subject">What is decided on.</param>
/// <param name="SubjectId">Its key.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Codes">The codes of all findings joined with <c>;</c>, in their order; empty for none.</param>
/// <param name="Details">The details as <c>key=value</c> joined with <c>;</c>, or null where any will do.</param>
/// <param name="Line">The line it is on.</param>
public sealed record ExpectedDecision(
    RuleSetName RuleSet,
    SubjectType Subject,
    string SubjectId,
    string Outcome,
    string Codes,
    string? Details,
    int Line
);
