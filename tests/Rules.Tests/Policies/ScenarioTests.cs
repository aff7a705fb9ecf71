using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>How a scenario is written, what it says when it does not hold, and the faults it may have.</summary>
public class ScenarioTests
{
    private const string File = "scenarios/agreements.yaml";

    private const string Text = """
        background:
          agreements:
            - { agreement_id: A-1, customer_id: Fabrikam }
        scenarios:
          - name: Ten days are granted
            as_of: 2020-06-01
            given:
              entitlement_grants:
                - { grant_id: G-1, agreement_id: A-1, granted_on: 2020-01-15, days: 10, source: accrual }
              vouchers:
                - { voucher_id: V-1, agreement_id: A-1, engagement: exchange, days: 3, country: SE, created_on: 2020-05-04 }
            expect: exactly
            decisions:
              - { rule_set: retirement, subject: voucher, id: V-1, outcome: Allowed }
              - { rule_set: expiry, subject: voucher, id: V-1, outcome: Active, details: { redeem_by: 2020-10-31 } }
              - { rule_set: entitlement, subject: agreement, id: A-1, outcome: Open }

        """;

    [Fact]
    public void A_scenario_that_holds_has_no_differences() => Assert.Empty(DifferencesOf(Text));

    [Theory]
    // Another outcome, code or detail than expected.
    [InlineData(
        "id: V-1, outcome: Allowed",
        "id: V-1, outcome: Void, codes: [RET-CLOUD]",
        "retirement of voucher V-1 (line 14): expected Void, RET-CLOUD; found Allowed."
    )]
    [InlineData(
        "redeem_by: 2020-10-31",
        "redeem_by: 2020-11-01",
        "expiry of voucher V-1 (line 15): expected Active, redeem_by=2020-11-01; found Active, redeem_by=2020-10-31."
    )]
    [InlineData(
        "outcome: Open",
        "outcome: Open, details: { granted: 10 }",
        "entitlement of agreement A-1 (line 16): expected Open, granted=10; found Open, granted=10;drawn=3;returned=0;balance=7."
    )]
    // A decision that is missing, and one that is not expected.
    [InlineData(
        "id: V-1, outcome: Allowed",
        "id: V-2, outcome: Allowed",
        """
            retirement of voucher V-2 (line 14): expected Allowed; found no decision.
            retirement of voucher V-1: expected no decision; found Allowed.
            """
    )]
    // A parameter with another value.
    [InlineData(
        "    given:",
        "    parameters: { expiry.life_days: 30 }\n    given:",
        "expiry of voucher V-1 (line 16): expected Active, redeem_by=2020-10-31; found ExpiringSoon, EXP-SOON, redeem_by=2020-06-03;band=7."
    )]
    // Facts before the first version of a parameter.
    [InlineData(
        "created_on: 2020-05-04",
        "created_on: 1999-12-31",
        "It cannot be decided: Parameter 'expiry.life_days' has no version in force on 1999-12-31, a date of voucher V-1; its first starts on 2000-01-01."
    )]
    public void A_scenario_says_what_it_expected_and_what_was_found(
        string text,
        string replacement,
        string differences
    ) => Assert.Equal(differences.ReplaceLineEndings("\n").Split('\n'), DifferencesWith(text, replacement));

    [Fact]
    public void A_scenario_that_expects_at_least_some_decisions_leaves_the_others_open() =>
        Assert.Empty(
            DifferencesOf(
                Text.Replace("exactly", "at_least", StringComparison.Ordinal)
                    .Replace(
                        "      - { rule_set: retirement, subject: voucher, id: V-1, outcome: Allowed }\n",
                        "",
                        StringComparison.Ordinal
                    )
            )
        );

    [Fact]
    public void Scenarios_do_not_count_in_the_hash_but_are_kept_with_the_pack()
    {
        var pack = PolicyPackReader.Read("pack", [.. SmallPack.Files, new PackFile(File, Text)]);
        Assert.Equal(PolicyPackReader.Read("pack", SmallPack.Files).Hash, pack.Hash);
        Assert.Contains(pack.Files, f => f.Path == File);
    }

    [Theory]
    [InlineData(
        "agreement_id: A-1, engagement",
        "agreement_id: A-2, engagement",
        "11: 'agreement_id' is 'A-2', which is not there. Expected one of A-1."
    )]
    [InlineData(
        "engagement: exchange",
        "engagement: xchange",
        "11: 'engagement' is 'xchange', which is not there. Expected one of sharepoint, exchange."
    )]
    [InlineData(
        "created_on: 2020-05-04",
        "created_on: 2020-02-30",
        "11: a row of 'vouchers': 'created_on' is '2020-02-30'. Expected a date of the calendar as yyyy-MM-dd."
    )]
    [InlineData(
        "created_on: 2020-05-04",
        "created_on: 2020-05-04, reserved_on: 2020-05-05",
        "11: a voucher has reserved_on but no reserved_location_id. Give both."
    )]
    [InlineData(
        "days: 3, country: SE",
        "days: 0",
        """
            11: a row of 'vouchers': 'days' is '0'. Expected a whole number of days from 1 to 36500.
            11: a row of 'vouchers' has no 'country'. Expected a country as two capital letters (ISO 3166), such as SE.
            """
    )]
    [InlineData(
        "customer_id: Fabrikam }\n",
        "customer_id: Fabrikam }\n    - { agreement_id: A-1, customer_id: Contoso }\n",
        "4: 'agreements' has A-1 twice. Keep one, or name them apart."
    )]
    [InlineData(
        "      vouchers:",
        "      voucher:",
        "10: 'given' has 'voucher'. Expected only agreements, partners, partner_locations, consultants, vouchers, payment_requests, payments, entitlement_grants, partner_competencies, enrollments, consultant_exams, payment_allocations."
    )]
    [InlineData(
        "    given:",
        "    parameters: { expiry.life_days: long }\n    given:",
        "7: parameter 'expiry.life_days': 'value' is 'long'. Expected a whole number of days from 1 to 36500."
    )]
    [InlineData(
        "expect: exactly",
        "expect: all",
        "12: scenario: 'expect' is 'all'. Expected one of exactly, at_least."
    )]
    [InlineData(
        "rule_set: expiry",
        "rule_set: expiration",
        "15: decision: 'rule_set' is 'expiration'. Expected one of retirement, expiry, entitlement, eligibility, payment, reconciliation, qualification."
    )]
    [InlineData(
        "  - name: Ten days are granted\n",
        "  - name: Ten days are granted\n    as_of: 2020-06-01\n    expect: exactly\n    decisions: [{ rule_set: entitlement, subject: agreement, id: A-1, outcome: Open }]\n  - name: Ten days are granted\n",
        "9: scenario 'Ten days are granted' is there already on line 5. Name them apart."
    )]
    public void A_fault_in_a_scenario_is_told_with_its_line(string text, string replacement, string faults)
    {
        IReadOnlyList<PackFile> files = [.. SmallPack.Files, new PackFile(File, Text)];
        var exception = Assert.Throws<PolicyPackException>(() =>
            PolicyPackReader.Read("pack", SmallPack.Edited(files, File, text, replacement))
        );
        Assert.Equal(
            faults.ReplaceLineEndings("\n").Split('\n').Select(f => $"pack/{File}:{f}"),
            exception.Faults.Select(f => f.ToString())
        );
    }

    private static IReadOnlyList<string> DifferencesWith(string text, string replacement) =>
        DifferencesOf(Text.Replace(text, replacement, StringComparison.Ordinal));

    private static IReadOnlyList<string> DifferencesOf(string text)
    {
        var pack = PolicyPackReader.Read("pack", [.. SmallPack.Files, new PackFile(File, text)]);
        return ScenarioRunner.Run(pack, Books.Rules).Single().Differences;
    }
}
