namespace PlanningServices.Rules.Explanations;

/// <summary>A date among the facts that a subject is decided from.</summary>
/// <param name="Name">Its name, as in the import files, such as <c>redeemed_on</c>.</param>
/// <param name="Value">The date; absent where nothing happened yet.</param>
/// <param name="IsOptional">Whether it may be absent.</param>
/// <param name="IsKnownAhead">Whether it is known before it is there, as the end of something is.</param>
public sealed record FactDate(string Name, DateOnly? Value, bool IsOptional, bool IsKnownAhead = false);
