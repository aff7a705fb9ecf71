using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies;

/// <summary>A rule that a pack brings, beside those of the program.</summary>
public abstract class PackRule
{
    /// <summary>The rule set that it is a rule of.</summary>
    public required RuleSetName RuleSet { get; init; }

    /// <summary>What it looks at.</summary>
    public required SubjectType Subject { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Why it is: the decision or the page behind it.</summary>
    public required string Source { get; init; }

    /// <summary>The codes of its findings, in their order; at least one.</summary>
    public required IReadOnlyList<PackCode> Codes { get; init; }

    /// <summary>Its file, relative to the pack's folder.</summary>
    public required string File { get; init; }

    /// <summary>The line it starts on, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What it is called in comparisons.</summary>
    public virtual string Title => $"rule {Codes[0].Code}";

    /// <summary>What it says, part by part, for people.</summary>
    public abstract IReadOnlyList<(string Part, string Text)> Parts { get; }

    /// <summary>The names of the parameters that it reads.</summary>
    public abstract IEnumerable<string> ParametersRead { get; }
}

/// <summary>A finding code that a pack brings.</summary>
/// <param name="Code">The code.</param>
/// <param name="After">The code after which it stands in its rule set.</param>
/// <param name="Outcome">The outcome that it leads to; absent where it leads to none.</param>
public sealed record PackCode(string Code, string After, string? Outcome);
