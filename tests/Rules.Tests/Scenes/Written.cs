using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Tests.Scenes;

/// <summary>All that was decided on a customer, as one text; without its next review.</summary>
internal static class Written
{
    public static string Of(CustomerDecisions customer) =>
        string.Join(
            '\n',
            [
                customer.CustomerId,
                .. customer.Decisions.Select(d =>
                    $"{d.RuleSet} {d.Subject} {d.SubjectId} {Decided.Text(d)} {d.Values} "
                    + string.Join('|', d.Findings.Select(f => f.Sentence + string.Join(',', f.Evidence)))
                ),
                .. customer.Effects.Select(e => e.ToString()),
            ]
        );
}
