using PlanningServices.Rules.Policies;

namespace PlanningServices.Architecture.Tests;

/// <summary>The rooms of the rule sets.</summary>
internal static class RuleSets
{
    /// <summary>One for each rule set, named after it; that of payment would hide the fact of that name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Enum.GetValues<RuleSetName>()
            .Select(r =>
                $"PlanningServices.Rules.RuleSets.{(r == RuleSetName.Payment ? "Payments" : r.ToString())}"
            ),
    ];
}
