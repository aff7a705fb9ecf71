using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Coverage;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>What scenarios exercise: that which, said otherwise, would make one of them fail.</summary>
public class CoverageTests
{
    private const string File = "scenarios/exchange.yaml";

    /// <summary>V-1 is redeemed and paid for by the rate of 2021; its last day is not asked about.</summary>
    private const string Text = """
        background:
          agreements:
            - { agreement_id: A-1, customer_id: Fabrikam }
          partners:
            - { partner_id: P-1, name: Contoso }
          partner_locations:
            - { location_id: L-1, partner_id: P-1, country: SE }
          partner_competencies:
            - { partner_id: P-1, competency: Messaging, level: gold, from_on: 2019-01-01 }
          enrollments:
            - { partner_id: P-1, offering: S-EDPS, signed_on: 2020-01-01 }
        scenarios:
          - name: One day in Sweden
            as_of: 2021-03-01
            given:
              vouchers:
                - { voucher_id: V-1, agreement_id: A-1, engagement: exchange, days: 1, country: SE, created_on: 2021-01-04, reserved_on: 2021-01-05, reserved_location_id: L-1, completion_report_on: 2021-02-01, deliverable_on: 2021-02-01, redeemed_on: 2021-02-01 }
              payment_requests:
                - { request_id: R-1, voucher_id: V-1, location_id: L-1, submitted_on: 2021-02-02, amount: 15200.00, currency: SEK, invoice_number: I-1 }
            expect: at_least
            decisions:
              - { rule_set: payment, subject: payment_request, id: R-1, outcome: Approved }

        """;

    private static readonly PolicyCoverage Shipped = Coverage(Packs.Shipped);

    public static TheoryData<string> Parts => [.. Shipped.Parts.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Parts))]
    public void The_shipped_scenarios_exercise_all_of_the_shipped_pack(string part) =>
        Assert.Empty(Shipped.Parts.Single(p => p.Name == part).Unexercised.Select(Line));

    [Fact]
    public void Coverage_counts_codes_versions_of_parameters_and_rows_of_tables() =>
        Assert.Equal(
            [
                "finding codes: 45 of 45",
                "parameter versions: 16 of 16",
                "engagements: 13 of 13",
                "requirement alternatives: 17 of 17",
                "rates: 80 of 80",
            ],
            Shipped.Parts.Select(p => $"{p.Name}: {p.Exercised} of {p.Total}")
        );

    [Fact]
    public void What_no_expected_decision_hangs_on_is_not_exercised() =>
        Assert.Equal(
            [
                "parameters.yaml:8: retirement.cloud_retired_on is 2020-02-01 from 2000-01-01",
                "parameters.yaml:9: entitlement.accrual_ended_on is 2021-02-01 from 2000-01-01",
                "parameters.yaml:10: entitlement.conversion_ended_on is 2020-02-01 from 2000-01-01",
                "parameters.yaml:11: entitlement.days_removed_on is 2021-07-01 from 2000-01-01",
                "parameters.yaml:12: expiry.anchor is assigned from 2000-01-01",
                "parameters.yaml:19: expiry.warning_bands is 7, 14, 30 from 2000-01-01",
                "parameters.yaml:20: eligibility.repeat_days is 15 from 2000-01-01",
                "parameters.yaml:21: payment.window_days is 60 from 2000-01-01",
                "parameters.yaml:22: payment.tolerance is 0.00 from 2000-01-01",
                "parameters.yaml:23: payment.closing_warning_days is 14 from 2000-01-01",
                "parameters.yaml:24: reconciliation.payment_days is 30 from 2000-01-01",
                "parameters.yaml:25: reconciliation.ageing_bands is 60, 90 from 2000-01-01",
                "engagements.yaml:5: engagement 'sharepoint'",
                "requirements.yaml:8: requirement for 'sharepoint' from 2000-01-01: 'silver Collaboration and Content'",
                "requirements.yaml:14: requirement for 'exchange' from 2000-01-01: 'silver Messaging'",
                "requirements.yaml:20: requirement for 'exchange' from 2021-01-01: 'silver Collaboration and Content'",
                "rates.csv:2: the rate for US, 1 days, from 2011-02-14",
                "rates.csv:3: the rate for SE, 1 days, from 2011-02-14",
            ],
            CoverageOf(Text)
                .Parts.Where(p => p.Name != "finding codes")
                .SelectMany(p => p.Unexercised)
                .Select(Line)
                .ToList()
        );

    [Fact]
    public void A_rate_that_was_looked_up_is_not_exercised_where_nothing_expected_hangs_on_it() =>
        Assert.Equal(
            [
                "rates.csv:2: the rate for US, 1 days, from 2011-02-14",
                "rates.csv:3: the rate for SE, 1 days, from 2011-02-14",
                "rates.csv:4: the rate for SE, 1 days, from 2021-01-01",
            ],
            CoverageOf(
                Text.Replace(
                    "rule_set: payment, subject: payment_request, id: R-1, outcome: Approved",
                    "rule_set: retirement, subject: voucher, id: V-1, outcome: Allowed",
                    StringComparison.Ordinal
                )
            )
                .Parts.Single(p => p.Name == "rates")
                .Unexercised.Select(Line)
                .ToList()
        );

    [Fact]
    public void A_scenario_that_does_not_hold_exercises_nothing() =>
        Assert.All(
            CoverageOf(Text.Replace("outcome: Approved", "outcome: Held", StringComparison.Ordinal)).Parts,
            part => Assert.Equal(0, part.Exercised)
        );

    [Theory]
    [InlineData("", false)]
    [InlineData("    parameters: { retirement.last_creation_on: 2021-06-30 }\n", true)]
    public void A_parameter_that_a_scenario_changes_is_not_exercised_by_it(string changes, bool isMissing) =>
        Assert.Equal(
            isMissing,
            CoverageOf(Text.Replace("    given:", changes + "    given:", StringComparison.Ordinal))
                .Parts.SelectMany(p => p.Unexercised)
                .Any(m => m.What == "retirement.last_creation_on is 2021-06-30 from 2000-01-01")
        );

    /// <summary>The voucher is redeemed on 2021-02-01 and asked for on 2021-02-02, within any window.</summary>
    [Theory]
    [InlineData("submitted_on: 2021-02-02", true)]
    [InlineData("submitted_on: 2021-04-15", false)]
    public void A_later_version_is_exercised_where_the_one_before_would_not_do(
        string submitted,
        bool isMissing
    )
    {
        var files = SmallPack.With(
            "parameters.yaml",
            "value: 60, why: w }]",
            "value: 60, why: w }, { from: 2021-01-01, value: 90, why: w }]"
        );
        var scenarios = Text.Replace("submitted_on: 2021-02-02", submitted, StringComparison.Ordinal)
            .Replace("as_of: 2021-03-01", "as_of: 2021-05-01", StringComparison.Ordinal);
        var coverage = Coverage(PolicyPackReader.Read("pack", [.. files, new PackFile(File, scenarios)]));
        Assert.Equal(
            isMissing,
            coverage
                .Parts.SelectMany(p => p.Unexercised)
                .Any(m => m.What == "payment.window_days is 90 from 2021-01-01")
        );
    }

    private static PolicyCoverage CoverageOf(string scenarios) =>
        Coverage(PolicyPackReader.Read("pack", [.. SmallPack.Files, new PackFile(File, scenarios)]));

    private static PolicyCoverage Coverage(PolicyPack pack) =>
        CoverageRun.Of(pack, Books.Rules, ScenarioRunner.Run(pack, Books.Rules));

    private static string Line(Unexercised missing) => $"{missing.File}:{missing.Line}: {missing.What}";
}
