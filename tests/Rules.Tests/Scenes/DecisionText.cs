using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Tests.Scenes;

/// <summary>All that was decided on a customer, as one text; without its next review.</summary>
internal static class DecisionText
{
    public static string Of(CustomerDecisions customer) =>
        string.Join(
            '\n',
            [
                customer.CustomerId,
                .. customer.Decisions.Select(Of),
                .. customer.Effects.Select(e => e.ToString()),
            ]
        );

    public static string Of(Decision decision) =>
        $"{decision.RuleSet} {decision.Subject} {decision.SubjectId} {Decided.Text(decision)} {decision.Values} "
        + string.Join('|', decision.Findings.Select(f => f.Sentence + string.Join(',', f.Evidence)));
}
