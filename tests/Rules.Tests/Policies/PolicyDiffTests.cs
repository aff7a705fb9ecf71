using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Comparing;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>The differences between two packs, as a rule author would say them.</summary>
public class PolicyDiffTests
{
    private const string File = "scenarios/days.yaml";

    private const string Scenarios = """
        background:
          agreements:
            - { agreement_id: A-1, customer_id: Fabrikam }
        scenarios:
          - name: Nothing is granted
            as_of: 2020-06-01
            expect: exactly
            decisions: [{ rule_set: entitlement, subject: agreement, id: A-1, outcome: Open }]
          - name: Nothing was granted before
            as_of: 2020-05-01
            expect: exactly
            decisions: [{ rule_set: entitlement, subject: agreement, id: A-1, outcome: Open }]

        """;

    private static readonly IReadOnlyList<PackFile> Old = [.. SmallPack.Files, new PackFile(File, Scenarios)];

    [Fact]
    public void A_pack_says_the_same_as_itself() => Assert.Empty(Changes(Old, Old));

    [Theory]
    // Parameters: a version added, another value, a version that goes back, another date, only the reason.
    [InlineData(
        "parameters.yaml",
        "value: 60, why: w }]",
        "value: 60, why: w }, { from: 2021-03-01, value: 90, why: w }]",
        "payment.window_days: 60 -> 90 from 2021-03-01"
    )]
    [InlineData(
        "parameters.yaml",
        "value: 60, why: w }]",
        "value: 90, why: w }]",
        "payment.window_days: 60 -> 90 from 2000-01-01"
    )]
    [InlineData(
        "parameters.yaml",
        "value: 60, why: w }]",
        "value: 60, why: w }, { from: 2021-03-01, value: 90, why: w }, { from: 2021-04-01, value: 60, why: w }]",
        "payment.window_days: 60 -> 90 from 2021-03-01 to 2021-03-31"
    )]
    [InlineData(
        "parameters.yaml",
        "from: 2000-01-01, value: 60",
        "from: 1999-01-01, value: 60",
        "payment.window_days: none -> 60 from 1999-01-01 to 1999-12-31"
    )]
    [InlineData(
        "parameters.yaml",
        "why: Retired.",
        "why: Ended.",
        "retirement.last_creation_on, reason of the version from 2000-01-01: Retired. -> Ended."
    )]
    [InlineData(
        "parameters.yaml",
        "value: [7, 14, 30]",
        "value: [7, 30]",
        "expiry.warning_bands: 7, 14, 30 -> 7, 30 from 2000-01-01"
    )]
    [InlineData(
        "parameters.yaml",
        "value: assigned",
        "value: created",
        "expiry.anchor: assigned -> created from 2000-01-01"
    )]
    [InlineData(
        "parameters.yaml",
        "value: 0.00",
        "value: 0.50",
        "payment.tolerance: 0.00 -> 0.50 from 2000-01-01"
    )]
    // Engagements
    [InlineData(
        "engagements.yaml",
        "durations: [1, 3, 5]\n    cloud: false\n  exchange",
        "durations: [1, 3]\n    cloud: true\n  exchange",
        "engagement 'sharepoint', durations: 1, 3, 5 -> 1, 3\nengagement 'sharepoint', cloud: no -> yes"
    )]
    [InlineData(
        "engagements.yaml",
        "name: Exchange Deployment Planning",
        "name: Exchange",
        "engagement 'exchange', name: Exchange Deployment Planning -> Exchange"
    )]
    // Requirements: an alternative added, removed, raised; a version that ends earlier.
    [InlineData(
        "requirements.yaml",
        "- silver Collaboration and Content\n    why",
        "- silver Collaboration and Content\n      - gold Messaging\n    why",
        "requirement for 'sharepoint': silver Collaboration and Content -> gold Messaging or silver Collaboration and Content from 2000-01-01"
    )]
    [InlineData(
        "requirements.yaml",
        "      - gold Messaging\n",
        "",
        "requirement for 'exchange': gold Messaging or silver Collaboration and Content -> silver Collaboration and Content from 2021-01-01"
    )]
    [InlineData(
        "requirements.yaml",
        "- silver Messaging",
        "- gold Messaging",
        "requirement for 'exchange': silver Messaging -> gold Messaging from 2000-01-01 to 2020-12-31"
    )]
    [InlineData(
        "requirements.yaml",
        "to: 2020-12-31\n    any_of:\n      - silver Messaging\n    why: The eligibility page.\n  - engagement: exchange\n    from: 2021-01-01",
        "to: 2020-06-30\n    any_of:\n      - silver Messaging\n    why: The eligibility page.\n  - engagement: exchange\n    from: 2020-07-01",
        "requirement for 'exchange': silver Messaging -> gold Messaging or silver Collaboration and Content from 2020-07-01 to 2020-12-31"
    )]
    // Rates: another amount, a row added, a row removed.
    [InlineData(
        "rates.csv",
        "15200.00",
        "15300.00",
        "rate for SE, 1 days: 15200.00 SEK -> 15300.00 SEK from 2021-01-01"
    )]
    [InlineData(
        "rates.csv",
        "SE,1,15200.00,SEK,2021-01-01,\n",
        "SE,1,15200.00,SEK,2021-01-01,\nSE,3,45600.00,SEK,2021-01-01,\n",
        "rate for SE, 3 days: none -> 45600.00 SEK from 2021-01-01"
    )]
    [InlineData(
        "rates.csv",
        "US,1,1600.00,USD,2011-02-14,\n",
        "",
        "rate for US, 1 days: 1600.00 USD -> none from 2011-02-14"
    )]
    // Scenarios
    [InlineData(
        File,
        "as_of: 2020-05-01",
        "as_of: 2020-05-02",
        "scenarios/days.yaml, 'Nothing was granted before': changed"
    )]
    [InlineData(
        File,
        "name: Nothing was granted before",
        "name: Nothing was granted",
        "scenarios/days.yaml, 'Nothing was granted before': removed\nscenarios/days.yaml, 'Nothing was granted': added"
    )]
    [InlineData(
        File,
        "customer_id: Fabrikam",
        "customer_id: Contoso",
        "background of scenarios/days.yaml: changed"
    )]
    // Order and layout say nothing.
    [InlineData(
        "rates.csv",
        "US,1,1600.00,USD,2011-02-14,\nSE,1,14500.00,SEK,2011-02-14,2020-12-31\n",
        "SE,1,14500.00,SEK,2011-02-14,2020-12-31\n\nUS,1,1600.00,USD,2011-02-14,\n",
        ""
    )]
    public void A_change_is_told(string file, string text, string replacement, string changes) =>
        Assert.Equal(
            changes.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Changes(Old, SmallPack.Edited(Old, file, text, replacement))
        );

    [Fact]
    public void What_was_added_is_removed_on_the_way_back() =>
        Assert.Equal(
            ["payment.window_days: 90 -> 60 from 2021-03-01"],
            Changes(
                SmallPack.Edited(
                    Old,
                    "parameters.yaml",
                    "value: 60, why: w }]",
                    "value: 60, why: w }, { from: 2021-03-01, value: 90, why: w }]"
                ),
                Old
            )
        );

    [Fact]
    public void An_engagement_is_added_with_its_requirement()
    {
        var with = SmallPack.Edited(
            SmallPack.Edited(
                Old,
                "engagements.yaml",
                "  exchange:",
                "  ppm: { name: Project Planning, offering: SDPS, durations: [5], cloud: false }\n  exchange:"
            ),
            "requirements.yaml",
            "requirements:\n",
            "requirements:\n  - { engagement: ppm, from: 2000-01-01, any_of: [silver Messaging], why: w }\n"
        );
        Assert.Equal(
            [
                "engagement 'ppm': added, Project Planning",
                "requirement for 'ppm': none -> silver Messaging from 2000-01-01",
            ],
            Changes(Old, with)
        );
        Assert.Equal(
            [
                "engagement 'ppm': removed, was Project Planning",
                "requirement for 'ppm': silver Messaging -> none from 2000-01-01",
            ],
            Changes(with, Old)
        );
    }

    private static IEnumerable<string> Changes(IReadOnlyList<PackFile> old, IReadOnlyList<PackFile> @new) =>
        PolicyDiff
            .Of(PolicyPackReader.Read("old", old), PolicyPackReader.Read("new", @new))
            .Select(c => c.ToString());
}
