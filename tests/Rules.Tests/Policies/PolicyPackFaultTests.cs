using System.Text;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>What a rule author sees of each fault of a pack: file, line, what was found, what was expected.</summary>
public class PolicyPackFaultTests
{
    private static readonly string ParameterNames = string.Join(
        ", ",
        "retirement.last_creation_on",
        "retirement.last_redemption_on",
        "retirement.cloud_retired_on",
        "entitlement.accrual_ended_on",
        "entitlement.conversion_ended_on",
        "entitlement.days_removed_on",
        "expiry.anchor",
        "expiry.life_days",
        "expiry.warning_bands",
        "eligibility.repeat_days",
        "payment.window_days",
        "payment.tolerance",
        "payment.closing_warning_days",
        "reconciliation.payment_days",
        "reconciliation.ageing_bands",
        "qualification.warning_days",
        "finance.sla_days"
    );

    [Theory]
    // A value of another kind than expected.
    [InlineData(
        "value: 2021-06-30",
        "value: 2021-02-30",
        "pack/parameters.yaml:5: parameter 'retirement.last_creation_on': 'value' is '2021-02-30'. Expected a date of the calendar as yyyy-MM-dd."
    )]
    [InlineData(
        "value: 2021-06-30",
        "value: 30.6.2021",
        "pack/parameters.yaml:5: parameter 'retirement.last_creation_on': 'value' is '30.6.2021'. Expected a date of the calendar as yyyy-MM-dd."
    )]
    [InlineData(
        "from: 2000-01-01",
        "from: 2000-13-01",
        "pack/parameters.yaml:4: parameter 'retirement.last_creation_on': 'from' is '2000-13-01'. Expected a date of the calendar as yyyy-MM-dd."
    )]
    [InlineData(
        "value: 180",
        "value: 0",
        "pack/parameters.yaml:17: parameter 'expiry.life_days': 'value' is '0'. Expected a whole number of days from 1 to 36500."
    )]
    [InlineData(
        "value: 180",
        "value: 36501",
        "pack/parameters.yaml:17: parameter 'expiry.life_days': 'value' is '36501'. Expected a whole number of days from 1 to 36500."
    )]
    [InlineData(
        "value: 180",
        "value: 180 days",
        "pack/parameters.yaml:17: parameter 'expiry.life_days': 'value' is '180 days'. Expected a whole number of days from 1 to 36500."
    )]
    [InlineData(
        "value: 180",
        "value:",
        "pack/parameters.yaml:17: parameter 'expiry.life_days': 'value' is empty. Expected a whole number of days from 1 to 36500."
    )]
    [InlineData(
        "value: 0.00",
        "value: -0.01",
        "pack/parameters.yaml:22: parameter 'payment.tolerance': 'value' is '-0.01'. Expected an amount of at least 0 with at most two decimals, such as 0.00."
    )]
    [InlineData(
        "value: 0.00",
        "value: 0.005",
        "pack/parameters.yaml:22: parameter 'payment.tolerance': 'value' is '0.005'. Expected an amount of at least 0 with at most two decimals, such as 0.00."
    )]
    [InlineData(
        "value: assigned",
        "value: reserved",
        "pack/parameters.yaml:12: parameter 'expiry.anchor': 'value' is 'reserved'. Expected one of assigned, created."
    )]
    [InlineData(
        "value: [7, 14, 30]",
        "value: [14, 7, 30]",
        "pack/parameters.yaml:19: parameter 'expiry.warning_bands': 'value' is '[14, 7, 30]'. Expected whole numbers of days, each greater than the one before, such as [7, 14, 30]."
    )]
    [InlineData(
        "value: [7, 14, 30]",
        "value: []",
        "pack/parameters.yaml:19: parameter 'expiry.warning_bands': 'value' is '[]'. Expected whole numbers of days, each greater than the one before, such as [7, 14, 30]."
    )]
    // A name that is missing or not known.
    [InlineData(
        "      why: The process page.\n",
        "",
        "pack/parameters.yaml:16: parameter 'expiry.life_days' has no 'why'. Expected a text."
    )]
    [InlineData(
        "      value: 180",
        "      valeu: 180",
        """
            pack/parameters.yaml:16: parameter 'expiry.life_days' has no 'value'. Expected a whole number of days from 1 to 36500.
            pack/parameters.yaml:17: parameter 'expiry.life_days' has 'valeu'. Expected only from, value, why.
            """
    )]
    [InlineData(
        "  versions:\n    - from: 2000-01-01\n      value: 180\n      why: The process page.\n",
        "",
        "pack/parameters.yaml:13: parameter 'expiry.life_days' has no 'versions'. Expected a list."
    )]
    // Two versions from one date, on the line of the second.
    [InlineData(
        "      value: 180\n",
        "      value: 180\n      why: First.\n    - from: 2000-01-01\n      value: 170\n",
        "pack/parameters.yaml:19: parameter 'expiry.life_days' has two versions from 2000-01-01. Keep one, or give them different dates."
    )]
    // What says one thing twice, or is no YAML at all.
    [InlineData(
        "      value: 180\n",
        "      value: 180\n      value: 170\n",
        "pack/parameters.yaml:18: 'value' is there already on line 17. Keep one."
    )]
    [InlineData(
        "value: 180",
        "value: *life",
        "pack/parameters.yaml:17: this is not YAML: an alias stands here; write the value out."
    )]
    [InlineData(
        "value: [7, 14, 30]",
        "value: [7, 14, 30",
        "pack/parameters.yaml:19: this is not YAML: While parsing a flow sequence, did not find expected ',' or ']'."
    )]
    public void A_fault_in_the_parameters_is_told_with_its_line(
        string text,
        string replacement,
        string faults
    ) => AssertFaults(faults, FaultsWith("parameters.yaml", text, replacement));

    [Fact]
    public void A_misspelt_parameter_is_both_unknown_and_missing() =>
        AssertFaults(
            $"""
            pack/parameters.yaml: parameter 'payment.window_days' is missing. Expected its description and versions.
            pack/parameters.yaml:21: the file has 'payment.window', which no rule reads. Expected one of {ParameterNames}.
            """,
            FaultsWith("parameters.yaml", "payment.window_days:", "payment.window:")
        );

    [Theory]
    [InlineData(
        "offering: S-EDPS",
        "offering: SEDPS",
        "pack/engagements.yaml:12: engagement 'exchange': offering 'SEDPS' is not known. Expected one of SDPS, S-EDPS."
    )]
    [InlineData(
        "durations: [1, 3, 5]",
        "durations: [0, 3]",
        "pack/engagements.yaml:8: engagement 'sharepoint': 'durations' is '[0, 3]'. Expected whole numbers of days, each greater than the one before, such as [7, 14, 30]."
    )]
    [InlineData(
        "cloud: false",
        "cloud: no",
        "pack/engagements.yaml:9: engagement 'sharepoint': 'cloud' is 'no'. Expected one of true, false."
    )]
    [InlineData(
        "  exchange:\n",
        "  exchange 2016:\n",
        """
            pack/engagements.yaml:10: engagement 'exchange 2016' cannot be a code. Expected 1 to 40 characters from A-Z a-z 0-9 . _ -.
            pack/requirements.yaml: engagement 'exchange 2016' has no requirement. Add one, so that partners can qualify for it.
            pack/requirements.yaml:10: requirement: engagement 'exchange' is not in the catalogue. Expected one of sharepoint, exchange 2016.
            pack/requirements.yaml:16: requirement: engagement 'exchange' is not in the catalogue. Expected one of sharepoint, exchange 2016.
            """
    )]
    [InlineData(
        "  exchange:\n",
        "  sharepoint:\n",
        """
            pack/engagements.yaml:10: 'sharepoint' is there already on line 5. Keep one.
            pack/requirements.yaml:10: requirement: engagement 'exchange' is not in the catalogue. Expected one of sharepoint.
            pack/requirements.yaml:16: requirement: engagement 'exchange' is not in the catalogue. Expected one of sharepoint.
            """
    )]
    public void A_fault_in_the_engagements_is_told_with_its_line(
        string text,
        string replacement,
        string faults
    ) => AssertFaults(faults, FaultsWith("engagements.yaml", text, replacement));

    [Theory]
    // Names that are nowhere else.
    [InlineData(
        "- gold Messaging",
        "- gold Massaging",
        "pack/requirements.yaml:19: competency 'Massaging' is not known. Expected one of Collaboration and Content, Messaging; a new one is first added to 'competencies'."
    )]
    [InlineData(
        "- gold Messaging",
        "- bronze Messaging",
        "pack/requirements.yaml:19: 'any_of' has 'bronze Messaging'. Expected the lowest level and a competency, such as 'silver Datacenter'."
    )]
    [InlineData(
        "  - Messaging\n",
        "  - Messaging\n  - Messaging\n",
        "pack/requirements.yaml:4: competency 'Messaging' is listed twice. Keep one."
    )]
    [InlineData(
        "engagement: sharepoint",
        "engagement: sharpoint",
        """
            pack/requirements.yaml: engagement 'sharepoint' has no requirement. Add one, so that partners can qualify for it.
            pack/requirements.yaml:5: requirement: engagement 'sharpoint' is not in the catalogue. Expected one of sharepoint, exchange.
            """
    )]
    // Versions that do not follow one another.
    [InlineData(
        "    to: 2020-12-31\n",
        "",
        "pack/requirements.yaml:15: the requirement for 'exchange' starts on 2021-01-01 while the version from 2000-01-01 has no end. Give that one the 'to' 2020-12-31."
    )]
    [InlineData(
        "to: 2020-12-31",
        "to: 2021-01-01",
        "pack/requirements.yaml:16: the requirement for 'exchange' starts on 2021-01-01 while the version from 2000-01-01 lasts to 2021-01-01. Give that one the 'to' 2020-12-31."
    )]
    [InlineData(
        "to: 2020-12-31",
        "to: 2020-12-30",
        "pack/requirements.yaml:16: the requirement for 'exchange' has a gap from 2020-12-31 to 2020-12-31. Let one version start the day after the other ends."
    )]
    [InlineData(
        "from: 2021-01-01",
        "from: 2000-01-01",
        "pack/requirements.yaml:16: the requirement for 'exchange' has two versions from 2000-01-01. Keep one, or give them different dates."
    )]
    [InlineData(
        "to: 2020-12-31",
        "to: 1999-12-31",
        """
            pack/requirements.yaml:10: the requirement for 'exchange' ends on 1999-12-31, before it starts on 2000-01-01. Put the earlier date in 'from'.
            pack/requirements.yaml:16: the requirement for 'exchange' has a gap from 2000-01-01 to 2020-12-31. Let one version start the day after the other ends.
            """
    )]
    public void A_fault_in_the_requirements_is_told_with_its_line(
        string text,
        string replacement,
        string faults
    ) => AssertFaults(faults, FaultsWith("requirements.yaml", text, replacement));

    [Theory]
    // One row.
    [InlineData(
        "US,1,1600.00",
        "us,one,1600.005",
        """
            pack/rates.csv:2: rate: 'country' is 'us'. Expected a country as two capital letters (ISO 3166), such as SE.
            pack/rates.csv:2: rate: 'days' is 'one'. Expected a whole number of days from 1 to 36500.
            pack/rates.csv:2: rate: 'amount' is '1600.005'. Expected an amount above 0 with at most two decimals, such as 1600.00.
            """
    )]
    [InlineData(
        "US,1,1600.00,USD",
        "US,1,1600.00,US$",
        "pack/rates.csv:2: rate: 'currency' is 'US$'. Expected a currency as three capital letters (ISO 4217), such as EUR."
    )]
    [InlineData(
        "USD,2011-02-14,",
        "USD",
        "pack/rates.csv:2: rate has no 'from'. Expected a date of the calendar as yyyy-MM-dd."
    )]
    [InlineData(
        "US,1,1600.00,USD,2011-02-14,",
        "US,1,1,600.00,USD,2011-02-14,2021-12-31",
        "pack/rates.csv:2: the row 'US,1,1,600.00,USD,2011-02-14,2021-12-31' has 7 fields. Expected 6, as in the header."
    )]
    [InlineData(
        "US,1,1600.00",
        "US,1,\"1,600.00\"",
        "pack/rates.csv:2: rate: 'amount' is '1,600.00'. Expected an amount above 0 with at most two decimals, such as 1600.00."
    )]
    [InlineData(
        "US,1,1600.00",
        "US,1,",
        "pack/rates.csv:2: rate has no 'amount'. Expected an amount above 0 with at most two decimals, such as 1600.00."
    )]
    [InlineData(
        "country,days,",
        "country;days;",
        "pack/rates.csv:1: the header is 'country;days;amount,currency,from,to'. Expected 'country,days,amount,currency,from,to', in any order."
    )]
    // Versions of one country and duration that do not follow one another.
    [InlineData(
        "SEK,2021-01-01",
        "SEK,2021-01-05",
        "pack/rates.csv:4: the rate for SE, 1 days, has a gap from 2021-01-01 to 2021-01-04. Let one version start the day after the other ends."
    )]
    [InlineData(
        "SEK,2021-01-01",
        "SEK,2020-12-31",
        "pack/rates.csv:4: the rate for SE, 1 days, starts on 2020-12-31 while the version from 2011-02-14 lasts to 2020-12-31. Give that one the 'to' 2020-12-30."
    )]
    [InlineData(
        "SEK,2021-01-01",
        "SEK,2011-02-14",
        "pack/rates.csv:4: the rate for SE, 1 days, has two versions from 2011-02-14. Keep one, or give them different dates."
    )]
    public void A_fault_in_the_rates_is_told_with_its_line(string text, string replacement, string faults) =>
        AssertFaults(faults, FaultsWith("rates.csv", text, replacement));

    [Fact]
    public void All_faults_of_all_files_are_told_at_once()
    {
        var files = SmallPack.With("parameters.yaml", "value: 60", "value: sixty");
        files = SmallPack.Edited(files, "parameters.yaml", "value: 180", "value: -1");
        files = SmallPack.Edited(files, "engagements.yaml", "offering: SDPS", "offering: SQL");
        files = SmallPack.Edited(files, "rates.csv", "US,1,1600.00", "US,1,0.00");
        AssertFaults(
            """
            pack/parameters.yaml:17: parameter 'expiry.life_days': 'value' is '-1'. Expected a whole number of days from 1 to 36500.
            pack/parameters.yaml:21: parameter 'payment.window_days': 'value' is 'sixty'. Expected a whole number of days from 1 to 36500.
            pack/engagements.yaml:7: engagement 'sharepoint': offering 'SQL' is not known. Expected one of SDPS, S-EDPS.
            pack/rates.csv:2: rate: 'amount' is '0.00'. Expected an amount above 0 with at most two decimals, such as 1600.00.
            """,
            FaultsOf(files)
        );
    }

    [Fact]
    public void A_file_that_is_missing_is_told_without_faults_that_only_follow_from_it() =>
        AssertFaults(
            "pack/engagements.yaml: the file is missing. A policy pack needs it.",
            FaultsOf([.. SmallPack.Files.Where(f => f.Path != "engagements.yaml")])
        );

    [Theory]
    [InlineData("", "pack/parameters.yaml: the file is empty. Expected names with their values.")]
    [InlineData("- 1\n", "pack/parameters.yaml:1: the file holds '[1]'. Expected names with their values.")]
    public void A_file_without_names_is_told(string text, string fault) =>
        AssertFaults(
            fault,
            FaultsOf([
                .. SmallPack.Files.Select(f => f.Path == "parameters.yaml" ? f with { Text = text } : f),
            ])
        );

    [Fact]
    public void Values_nested_without_end_are_told() =>
        AssertFaults(
            "pack/parameters.yaml:22: this is not YAML: values are nested too deeply.",
            FaultsWith("parameters.yaml", "value: 0.00", "value: " + new string('[', 5000))
        );

    [Fact]
    public void Control_characters_are_refused_written_or_as_an_escape()
    {
        AssertFaults(
            "pack/rates.csv:2: there is a control character (U+001B) here. Expected text.",
            FaultsWith("rates.csv", "US,1,", "US,\u001b[31m1,")
        );
        Assert.Contains(
            "pack/parameters.yaml:5: a text has a control character in it. Expected letters, digits and signs.",
            FaultsWith("parameters.yaml", "value: 2021-06-30", "value: \"\\e[31m\""),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_many_faults_fifty_are_listed_and_all_are_counted() =>
        Assert.EndsWith(
            "\n... and 10 more, 60 in all.\nNothing was loaded.",
            FaultsWith(
                "rates.csv",
                "US,1,1600.00,USD,2011-02-14,",
                string.Join('\n', Enumerable.Range(1, 60).Select(day => $"ZZ,{day},1600.00,USD,2011-02-14,"))
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_value_that_is_too_long_to_print_is_cut() =>
        Assert.InRange(
            FaultsWith("parameters.yaml", "value: 2021-06-30", "value: " + new string('9', 100_000)).Length,
            1_000,
            2_000
        );

    [Fact]
    public void A_file_that_is_too_large_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            foreach (var file in SmallPack.Files)
            {
                File.WriteAllText(Path.Combine(folder.FullName, file.Path), file.Text);
            }

            File.WriteAllText(Path.Combine(folder.FullName, "rates.csv"), new string('x', 5_000_001));
            AssertFaults(
                $"{folder.FullName}/rates.csv: the file has 5,000,001 bytes. Expected at most 5,000,000.",
                Assert.Throws<PolicyPackException>(() => PolicyPackReader.Read(folder.FullName)).Message
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("outcome: Eligable", "", 10, "decision: 'outcome' is 'Eligable'. Expected one of ")]
    [InlineData(
        "outcome: Ineligible",
        ", codes: [ELG-NONE]",
        10,
        "decision: 'codes' has 'ELG-NONE', which 'eligibility' does not find on 'voucher'."
    )]
    [InlineData(
        "outcome: Ineligible",
        ", codes: [PAY-VOID]",
        10,
        "decision: 'codes' has 'PAY-VOID', which 'eligibility' does not find on 'voucher'."
    )]
    public void A_scenario_expects_what_can_be_found(
        string outcome,
        string codes,
        int line,
        string message
    ) =>
        Assert.Contains(
            FormattableString.Invariant($"pack/scenarios/s.yaml:{line}: {message}"),
            FaultsOf([
                .. SmallPack.Files,
                new(
                    "scenarios/s.yaml",
                    $"""
                    scenarios:
                      - name: One
                        as_of: 2020-06-15
                        given:
                          agreements:
                            - agreement_id: A
                              customer_id: C
                        expect: at_least
                        decisions:
                          - {"{"} rule_set: eligibility, subject: voucher, id: V, {outcome}{codes} {"}"}
                    """
                ),
            ]),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("custom.")]
    [InlineData("custom.Limit")]
    [InlineData("custom.a b")]
    [InlineData("custom.a.b")]
    public void The_name_of_a_parameter_of_the_pack_has_a_form(string name) =>
        Assert.Contains(
            $"the file has '{name}'. Expected 'custom.' and 1 to 40 small letters, digits and '_', a letter first.",
            FaultsOf([
                .. SmallPack.Files.Select(f =>
                    f.Path == "parameters.yaml"
                        ? f with
                        {
                            Text =
                                f.Text
                                + $"\n\"{name}\":\n  type: whole_number\n  description: d\n  versions: [{{ from: 2000-01-01, value: 1, why: w }}]\n",
                        }
                        : f
                ),
            ]),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_folder_that_is_not_there_is_told() =>
        AssertFaults(
            "policies/nowhere: there is no such folder. Expected the folder of a policy pack.",
            Assert.Throws<PolicyPackException>(() => PolicyPackReader.Read("policies/nowhere")).Message
        );

    [Fact]
    public void Faults_name_the_folder_as_it_was_given()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            foreach (var file in SmallPack.Files.Where(f => f.Path != "engagements.yaml"))
            {
                File.WriteAllText(Path.Combine(folder.FullName, file.Path), file.Text);
            }

            File.WriteAllText(Path.Combine(folder.FullName, "rates.csv"), "country", Encoding.Unicode);
            AssertFaults(
                $"""
                {folder.FullName}/engagements.yaml: the file is missing. A policy pack needs it.
                {folder.FullName}/rates.csv: the file is not UTF-8 text. Save it as UTF-8.
                """,
                Assert.Throws<PolicyPackException>(() => PolicyPackReader.Read(folder.FullName + "/")).Message
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string FaultsWith(string path, string text, string replacement) =>
        FaultsOf(SmallPack.With(path, text, replacement));

    private static string FaultsOf(IReadOnlyList<PackFile> files) =>
        Assert.Throws<PolicyPackException>(() => PolicyPackReader.Read("pack", files)).Message;

    private static void AssertFaults(string expected, string found) =>
        Assert.Equal(expected.ReplaceLineEndings("\n") + "\nNothing was loaded.", found);
}
