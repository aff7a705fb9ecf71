using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Decisions;

/// <summary>What one rule set decided for one subject on one business date.</summary>
/// <param name="RuleSet">The rule set that decided.</param>
/// <param name="Subject">What kind of fact was decided on.</param>
/// <param name="SubjectId">The key of that fact.</param>
/// <param name="Outcome">The name of one of the rule set's outcomes, such as <c>Expired</c>.</param>
/// <param name="Findings">What its rules found, in the order of the rule set's codes; often empty.</param>
/// <param name="Values">The numbers and dates of the decision; absent where it has none.</param>
public sealed record Decision(
    RuleSetName RuleSet,
    SubjectType Subject,
    string SubjectId,
    string Outcome,
    IReadOnlyList<Finding> Findings,
    DecisionValues? Values
)
{
    /// <summary>The values as <c>key=value</c> joined with <c>;</c>; often empty.</summary>
    public string Details => Values?.Text ?? "";

    /// <summary>The codes of the findings joined with <c>;</c>, one for each finding, in their order.</summary>
    public string Codes =>
        Findings.Count switch
        {
            0 => "",
            1 => Findings[0].Code,
            _ => string.Join(';', Findings.Select(f => f.Code)),
        };
}
