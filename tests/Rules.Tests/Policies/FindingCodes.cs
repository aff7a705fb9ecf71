namespace PlanningServices.Rules.Tests.Policies;

/// <summary>The codes of all rules, in the order of the rule sets and of their tables.</summary>
internal static class FindingCodes
{
    private static readonly RuleBook Book = RuleBook.Compile();

    public static readonly IReadOnlyList<string> All =
    [
        .. new[]
        {
            Book.Retirement,
            Book.Entitlement,
            Book.Expiry,
            Book.Eligibility,
            Book.Payment,
            Book.Reconciliation,
        }
            .SelectMany(ruleSet => ruleSet.Rules)
            .Select(rule => rule.Tags.Single()),
    ];
}
