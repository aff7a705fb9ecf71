using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies.Scenarios;

/// <summary>Runs the scenarios of a pack as tests of it.</summary>
public static class ScenarioRunner
{
    /// <summary>Decides each scenario and compares what was found with what it expects; in their order.</summary>
    public static IReadOnlyList<ScenarioResult> Run(PolicyPack pack, RuleBook ruleBook) =>
        [.. pack.Scenarios.Select(s => Run(s, pack, ruleBook))];

    /// <summary>Decides one scenario under a pack, its own or another.</summary>
    internal static ScenarioResult Run(Scenario scenario, PolicyPack pack, RuleBook ruleBook)
    {
        try
        {
            var decisions = Decide(scenario, pack, ruleBook);
            return new ScenarioResult(scenario, [.. Compare(scenario, decisions)]) { Decisions = decisions };
        }
        catch (Exception e)
        {
            return new ScenarioResult(scenario, [$"It cannot be decided: {e.Message}"]);
        }
    }

    private static List<Decision> Decide(Scenario scenario, PolicyPack pack, RuleBook ruleBook)
    {
        var facts = scenario.Facts;
        var session = ruleBook.Open(pack.With(scenario.Parameters), facts.Reference(), scenario.AsOf);
        return
        [
            .. facts.Customers().SelectMany(c => session.Decide(c).Decisions),
            .. session.Decide(facts.InvoicePayments()),
            .. facts.PartnersFacts().SelectMany(p => session.Decide(p).Decisions),
        ];
    }

    private static IEnumerable<string> Compare(Scenario scenario, List<Decision> found)
    {
        foreach (var expected in scenario.Expected)
        {
            var decision = found.Find(d =>
                d.RuleSet == expected.RuleSet
                && d.Subject == expected.Subject
                && d.SubjectId == expected.SubjectId
            );
            if (decision is null || !IsAsExpected(expected, decision))
            {
                var what = What(expected.RuleSet, expected.Subject, expected.SubjectId);
                yield return $"{what} (line {expected.Line}): expected {Text(expected)}; found {Text(decision, expected.Details is not null)}.";
            }
        }

        foreach (var decision in scenario.IsExact ? found : [])
        {
            if (
                !scenario.Expected.Any(e =>
                    e.RuleSet == decision.RuleSet
                    && e.Subject == decision.Subject
                    && e.SubjectId == decision.SubjectId
                )
            )
            {
                var what = What(decision.RuleSet, decision.Subject, decision.SubjectId);
                yield return $"{what}: expected no decision; found {Text(decision, withDetails: true)}.";
            }
        }
    }

    private static bool IsAsExpected(ExpectedDecision expected, Decision decision) =>
        decision.Outcome == expected.Outcome
        && decision.Codes == expected.Codes
        && (expected.Details is null || decision.Details == expected.Details);

    private static string What(RuleSetName ruleSet, SubjectType subject, string id) =>
        $"{ruleSet.Text()} of {subject.Text()} {id}";

    private static string Text(ExpectedDecision expected) =>
        Text(expected.Outcome, expected.Codes, expected.Details ?? "");

    private static string Text(Decision? decision, bool withDetails) =>
        decision is null
            ? "no decision"
            : Text(decision.Outcome, decision.Codes, withDetails ? decision.Details : "");

    private static string Text(string outcome, string codes, string details) =>
        string.Join(", ", new[] { outcome, codes, details }.Where(t => t.Length > 0));
}

/// <summary>What came of one scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Differences">What was found otherwise than expected, one sentence each; empty if it passed.</param>
public sealed record ScenarioResult(Scenario Scenario, IReadOnlyList<string> Differences)
{
    /// <summary>What was decided.</summary>
    internal IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Whether all was found as expected.</summary>
    public bool Passed => Differences.Count == 0;
}
