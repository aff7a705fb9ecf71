using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>The shipped pack with rules of its own.</summary>
internal static class RulePacks
{
    /// <summary>Parameters for the rules below, to stand after the shipped ones.</summary>
    private const string Parameters = """

        custom.enrollment_days:
          type: whole_number
          description: Days after the reservation that an enrolment must last.
          versions: [{ from: 2000-01-01, value: 30, why: The partner board. }]
        custom.second_look_above:
          type: number
          description: Amount in USD above which a request is looked at twice.
          versions: [{ from: 2000-01-01, value: 50000.00, why: Finance. }]
        custom.engagements_at_once:
          type: whole_number
          description: Engagements of one customer that a consultant delivers at once.
          versions: [{ from: 2000-01-01, value: 3, why: The partner board. }]
        custom.pilot_on:
          type: date
          description: The day a pilot starts.
          versions: [{ from: 2000-01-01, value: 2020-10-01, why: The partner board. }]
        custom.pilot_product:
          type: text
          description: The product of the pilot.
          versions: [{ from: 2000-01-01, value: Exchange, why: The partner board. }]
        """;

    /// <summary>The pack with one rule, whose conditions are given.</summary>
    public static PolicyPack When(
        string code,
        string ruleSet,
        string subject,
        string after,
        string? outcome,
        params string[] conditions
    ) => With(Rule(code, ruleSet, subject, after, outcome, conditions));

    /// <summary>The pack with the text of some rules.</summary>
    public static PolicyPack With(params string[] rules) =>
        PolicyPackReader.Read("pack", Files("rules:\n" + string.Join('\n', rules)));

    /// <summary>The files of the pack with a <c>rules.yaml</c>.</summary>
    public static IReadOnlyList<PackFile> Files(string rules) =>
        [
            .. Packs.Shipped.Files.Select(f =>
                f.Path == "parameters.yaml" ? f with { Text = f.Text + Parameters } : f
            ),
            new("rules.yaml", rules),
        ];

    public static string Rule(
        string code,
        string ruleSet,
        string subject,
        string after,
        string? outcome,
        params string[] conditions
    ) =>
        $"""
          - code: {code}
            rule_set: {ruleSet}
            subject: {subject}
            after: {after}
            outcome: {outcome}
            name: The rule {code}
            source: A test.
            when:
              - {string.Join("\n      - ", conditions.Select(c => $"'{c.Replace("'", "''", StringComparison.Ordinal)}'"))}
            sentence: It was found.
        """;
}
