namespace PlanningServices.Rules.Policies.Reading;

/// <summary>The names of a pack that scenarios refer to; null where the file that defines them could not be read.</summary>
internal sealed record PackNames(
    IReadOnlySet<string>? Engagements,
    IReadOnlySet<string>? Offerings,
    IReadOnlySet<string>? Competencies,
    IReadOnlyList<PackRule>? Rules
);
