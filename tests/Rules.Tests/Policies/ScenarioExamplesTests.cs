using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>A scenario with a table of examples stands for one scenario for each row.</summary>
public class ScenarioExamplesTests
{
    private const string File = "scenarios/grants.yaml";

    private const string Text = """
        background:
          agreements:
            - { agreement_id: A-1, customer_id: Fabrikam }
        scenarios:
          - name: <days> days granted on <day> leave <balance>
            as_of: 2021-06-30
            given:
              entitlement_grants:
                - { grant_id: G-1, agreement_id: A-1, granted_on: <day>, days: <days>, source: accrual }
            expect: exactly
            decisions:
              - { rule_set: entitlement, subject: agreement, id: A-1, outcome: Open, details: { granted: <balance>, drawn: 0, returned: 0, balance: <balance> } }
            examples:
              - [day, days, balance]
              - [2020-01-15, 10, 10]
              - [2020-01-16, 5, 6]

        """;

    [Fact]
    public void Each_row_is_a_scenario_with_its_values_on_the_line_of_the_row() =>
        Assert.Equal(
            ["15: 10 days granted on 2020-01-15 leave 10", "16: 5 days granted on 2020-01-16 leave 6"],
            Read(Text).Scenarios.Select(s => $"{s.Line}: {s.Name}")
        );

    [Fact]
    public void A_row_fails_by_itself() =>
        Assert.Equal(
            [
                [],
                [
                    "entitlement of agreement A-1 (line 12): expected Open, granted=6;drawn=0;returned=0;balance=6; found Open, granted=5;drawn=0;returned=0;balance=5.",
                ],
            ],
            ScenarioRunner.Run(Read(Text), Books.Rules).Select(r => r.Differences)
        );

    [Theory]
    [InlineData(
        "[2020-01-16, 5, 6]",
        "[2020-01-16, 5]",
        "16: the example '[2020-01-16, 5]' has 2 values. Expected 3: day, days, balance."
    )]
    [InlineData(
        "on <day> leave",
        "on <date> leave",
        "5: '<days> days granted on <date> leave <balance>' has a place for 'date'. Expected one of the columns of 'examples': day, days, balance."
    )]
    [InlineData(
        "[2020-01-16, 5, 6]",
        "[2020-01-16, five, 6]",
        "9: a row of 'entitlement_grants': 'days' is 'five'. Expected a whole number of days from 1 to 36500."
    )]
    [InlineData(
        "      - [2020-01-15, 10, 10]\n      - [2020-01-16, 5, 6]\n",
        "",
        "13: 'examples' is '[[day, days, balance]]'. Expected a list of rows: the names of the columns, then their values."
    )]
    public void A_fault_is_told_with_its_line(string text, string replacement, string fault)
    {
        IReadOnlyList<PackFile> files = [.. SmallPack.Files, new PackFile(File, Text)];
        var exception = Assert.Throws<PolicyPackException>(() =>
            PolicyPackReader.Read("pack", SmallPack.Edited(files, File, text, replacement))
        );
        Assert.Equal([$"pack/{File}:{fault}"], exception.Faults.Select(f => f.ToString()));
    }

    private static PolicyPack Read(string text) =>
        PolicyPackReader.Read("pack", [.. SmallPack.Files, new PackFile(File, text)]);
}
