namespace PlanningServices.Rules.Tests.Policies;

/// <summary>The finding codes of all rule sets.</summary>
internal static class FindingCodes
{
    public static IReadOnlyList<string> All { get; } = [.. RuleBook.Tables.SelectMany(t => t.Codes)];
}
