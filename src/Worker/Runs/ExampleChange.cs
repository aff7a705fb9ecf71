using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>A change that a run would have made.</summary>
internal sealed record ExampleChange(
    RuleSetName RuleSet,
    SubjectType Subject,
    string SubjectId,
    ChangeKind Kind,
    string Outcome,
    string Codes,
    string Details
)
{
    public static ExampleChange Of(DecisionChange change) =>
        new(
            change.Decision.RuleSet,
            change.Decision.Subject,
            change.Decision.SubjectId,
            change.Kind,
            change.Decision.Outcome,
            change.Decision.Codes,
            change.Decision.Details
        );
}
