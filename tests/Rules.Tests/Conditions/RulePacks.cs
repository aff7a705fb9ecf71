using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>The shipped pack with rules of its own.</summary>
internal static class RulePacks
{
    /// <summary>More parameters than the samples have, of the other types.</summary>
    private const string Parameters = """

        custom.pilot_on:
          type: date
          description: The day a pilot starts.
          versions: [{ from: 2000-01-01, value: 2020-10-01, why: The partner board. }]
        custom.pilot_product:
          type: text
          description: The product of the pilot.
          versions: [{ from: 2000-01-01, value: Exchange, why: The partner board. }]
        """;

    /// <summary>The shipped pack with the rules of <c>samples/rules</c>.</summary>
    public static readonly PolicyPack Sample = PolicyPackReader.Read("pack", SampleFiles());

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
            .. Packs
                .Shipped.Files.Where(f => !f.Path.StartsWith("scenarios/", StringComparison.Ordinal))
                .Select(f =>
                    f.Path == "parameters.yaml"
                        ? f with
                        {
                            Text = f.Text + Sampled("parameters.yaml") + Parameters,
                        }
                        : f
                ),
            new("rules.yaml", rules),
        ];

    /// <summary>The pack with one table.</summary>
    public static PolicyPack WithTable(string table) => PolicyPackReader.Read("pack", WithTables(table));

    /// <summary>The files of the pack with tables.</summary>
    public static IReadOnlyList<PackFile> WithTables(params string[] tables) =>
        [
            .. Files("").Where(f => f.Path != "rules.yaml"),
            .. tables
                .Index()
                .Select(t => new PackFile(
                    $"tables/{(t.Index == 0 ? "try" : $"try{t.Index:00}")}.csv",
                    t.Item
                )),
        ];

    /// <summary>The files of the shipped pack with those of <c>samples/rules</c>.</summary>
    public static IReadOnlyList<PackFile> SampleFiles() =>
        [
            .. Packs.Shipped.Files.Select(f =>
                f.Path == "parameters.yaml" ? f with { Text = f.Text + Sampled("parameters.yaml") } : f
            ),
            new("rules.yaml", Sampled("rules.yaml")),
            new("scenarios/rules.yaml", Sampled("scenarios/rules.yaml")),
            new("tables/durations.csv", Sampled("tables/durations.csv")),
        ];

    private static string Sampled(string path) =>
        File.ReadAllText(Path.Combine(Packs.Folder, "..", "..", "samples", "rules", path));

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
                  - {string.Join(
                "\n      - ",
                conditions.Select(c => $"'{c.Replace("'", "''", StringComparison.Ordinal)}'")
            )}
                sentence: It was found.
            """;
}
