using System.Text.Json;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>The verbs one after another, as operations use them.</summary>
public sealed class NightTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    [Fact]
    public async Task Import_and_run_tell_what_they_did()
    {
        var imported = (await planning.RunAsync("import", PlanningProcess.Samples)).Said();
        Assert.Contains("vouchers.csv               320       320", imported, StringComparison.Ordinal);

        var run = (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31")).Said();
        Assert.StartsWith(
            "Run 1 'nightly' for 2021-03-31: completed\n  39 customers, 279 vouchers",
            run,
            StringComparison.Ordinal
        );

        var again = (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31")).Said();
        Assert.StartsWith(
            "Run 1 'nightly' for 2021-03-31 is already completed",
            again,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Exports_have_their_columns_and_their_order()
    {
        await ANightAsync();

        var decisions = await ExportAsync("decisions");
        Assert.Equal("rule_set,subject,subject_id,outcome,codes,details", decisions[0]);
        Assert.Equal(decisions[1..].Order(StringComparer.Ordinal), decisions[1..]);
        Assert.Contains(
            "expiry,voucher,V-00209,ExpiringSoon,EXP-SOON,redeem_by=2021-04-21;band=30",
            decisions
        );

        var some = await ExportAsync("decisions", "--rule-set", "expiry", "--outcome", "ExpiringSoon");
        Assert.Equal(decisions.Where(d => d.Contains(",ExpiringSoon,", StringComparison.Ordinal)), some[1..]);

        var history = await ExportAsync("history");
        Assert.Equal(
            "business_date,job,rule_set,subject,subject_id,change,outcome,codes,details,pack_hash",
            history[0]
        );
        Assert.Equal(decisions.Count, history.Count);

        var file = planning.PathTo("ledger.csv");
        Assert.Equal("", (await planning.RunAsync("export", "ledger", "--output", file)).Said());
        var ledger = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal("business_date,job,agreement_id,voucher_id,days,reason", ledger[0]);
        Assert.All(ledger[1..], l => Assert.StartsWith("2021-03-31,nightly,", l, StringComparison.Ordinal));

        var printed = await planning.RunApartAsync(
            ["export", "ledger"],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(ledger, Lines(printed.Said()));

        async Task<List<string>> ExportAsync(params string[] args) =>
            Lines((await planning.RunAsync(["export", .. args])).Said());
    }

    [Theory]
    [InlineData("export decisions")]
    [InlineData("policy simulate policies/planning-services --as-of 2021-03-31")]
    [InlineData("finance verify 2021-03-31")]
    public async Task A_full_disk_leaves_the_file_that_was_there(string command)
    {
        await ANightAsync();
        (await planning.RunAsync("finance sign-off prepare --as-of 2021-03-31 --by Ana".Split(' '))).Said();
        using var disk = new SmallDisk(planning.PathTo("disk"));
        var file = Path.Combine(disk.Folder, "out.csv");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(
            Path.Combine(disk.Folder, "other"),
            new byte[28_000],
            TestContext.Current.CancellationToken
        );

        var ended = await planning.RunAsync([
            .. command
                .Replace(
                    "policies/",
                    Path.Combine(AppContext.BaseDirectory, "policies/"),
                    StringComparison.Ordinal
                )
                .Split(' '),
            "--output",
            file,
        ]);

        Assert.Contains(
            $"'{file}' cannot be written: the disk is full. Nothing was written.",
            ended.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCode.Failed, (ExitCode)ended.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(2, Directory.GetFiles(disk.Folder).Length);
    }

    [Theory]
    [InlineData("no-folder/out.csv", "there is no such folder.")]
    [InlineData(".", "it is a folder.")]
    public async Task A_file_that_cannot_be_written_is_named(string name, string reason)
    {
        await ANightAsync();
        var file = planning.PathTo(name);

        var ended = await planning.RunAsync("export", "ledger", "--output", file);

        Assert.Contains($"cannot be written: {reason}", ended.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, (ExitCode)ended.ExitCode);
    }

    [Fact]
    public async Task Explain_is_a_page_with_timeline_decisions_policy_values_and_what_did_not_hold()
    {
        await ANightAsync();

        var page = (await planning.RunAsync("explain", "V-00209")).Said();

        Assert.StartsWith(
            "Voucher V-00209, as of 2021-03-31 (policy pack planning-services ",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("  2020-10-23    created\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "expiry: ExpiringSoon (redeem_by=2021-04-21; band=30)",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "EXP-SOON: The voucher must be redeemed by 2021-04-21",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("180         (policy, in force from ", page, StringComparison.Ordinal);
        Assert.Contains(
            "EXP-LIFE: The voucher was not redeemed by the last day of its life. No",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "eligibility: not decided. The voucher is not reserved.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("  2021-03-31  expiry      ExpiringSoon  EXP-SOON", page, StringComparison.Ordinal);
        Assert.EndsWith("See also: planning explain EA-US-20638\n\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EA-GB-20298", "Agreement EA-GB-20298", "entitlement: ")]
    [InlineData("PR-00097", "Payment request PR-00097", "payment: Rejected")]
    [InlineData("PM-00025", "Payment PM-00025", "reconciliation: Unmatched")]
    public async Task Explain_finds_every_kind_of_subject(string id, string title, string decision)
    {
        await planning.ImportSamplesAsync();

        var page = (await planning.RunAsync("explain", id, "--as-of", "2021-07-31")).Said();

        Assert.StartsWith($"{title}, as of 2021-07-31", page, StringComparison.Ordinal);
        Assert.Contains("\n" + decision, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_when_there_is_no_such_subject_or_not_yet()
    {
        await planning.ImportSamplesAsync();

        (await planning.RunAsync("explain", "V-99999")).Refused(
            1,
            "No voucher, agreement, payment request or payment has the id 'V-99999', nor is it an invoice number, a partner, or one with an engagement, PARTNER/ENGAGEMENT. To search: planning find V-99999"
        );
        (await planning.RunAsync("explain", "V-00209", "--as-of", "2020-10-22")).Refused(
            1,
            "'V-00209' does not exist yet on 2020-10-22."
        );
    }

    [Fact]
    public async Task What_is_printed_as_json_can_be_read_as_json()
    {
        var imported = (
            await planning.RunAsync("import", PlanningProcess.Samples, "--format", "json")
        ).Said();
        Assert.Equal(12, Json(imported).GetProperty("files").GetArrayLength());
        var run = Json(
            (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31", "--format", "json")).Said()
        );
        Assert.Equal(
            ("Completed", 1),
            (run.GetProperty("status").GetString(), run.GetProperty("run_id").GetInt32())
        );
        Assert.Equal(
            "2021-03-31",
            Json((await planning.RunAsync("runs", "--format", "json")).Said())[0]
                .GetProperty("business_date")
                .GetString()
        );
        Assert.Equal(
            1,
            Json((await planning.RunAsync("runs", "show", "1", "--format", "json")).Said())
                .GetProperty("attempts")
                .GetArrayLength()
        );
        Assert.Equal(
            "V-00209",
            Json((await planning.RunAsync("explain", "V-00209", "--format", "json")).Said())[0]
                .GetProperty("explanation")
                .GetProperty("subject_id")
                .GetString()
        );
        Assert.Equal(
            13,
            Json(
                    (
                        await planning.RunAsync("policy", "show", "--as-of", "2021-03-31", "--format", "json")
                    ).Said()
                )
                .GetProperty("engagements")
                .GetArrayLength()
        );
    }

    [Fact]
    public async Task Rejected_rows_end_in_exit_code_3_and_in_a_file()
    {
        Directory.CreateDirectory(planning.PathTo("facts"));
        await File.WriteAllTextAsync(
            planning.PathTo("facts/agreements.csv"),
            "agreement_id,customer_id,ends_on\nA1,C1,2021-02-30\nA2,C2,\n",
            TestContext.Current.CancellationToken
        );

        var said = (await planning.RunAsync("import", "facts")).Said(exitCode: 3);

        Assert.EndsWith(
            $"1 row rejected, see '{planning.PathTo("rejects.csv")}'. The others are imported.\n",
            said,
            StringComparison.Ordinal
        );
        var rejects = Lines((await planning.RunAsync("export", "rejects")).Said());
        Assert.Equal("file,line,column,value,reason", rejects[0]);
        Assert.StartsWith(
            "agreements.csv,2,ends_on,2021-02-30,",
            Assert.Single(rejects[1..]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_strict_import_with_a_reject_imports_nothing()
    {
        Directory.CreateDirectory(planning.PathTo("facts"));
        await File.WriteAllTextAsync(
            planning.PathTo("facts/agreements.csv"),
            "agreement_id,customer_id,ends_on\nA1,C1,2021-02-30\nA2,C2,\n",
            TestContext.Current.CancellationToken
        );

        var said = (await planning.RunAsync("import", "facts", "--strict")).Said(exitCode: 3);

        Assert.Contains(
            "Nothing was imported: --strict, and 1 row rejected, see",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "0 customers",
            (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31")).Said(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Quarantined_customers_end_in_exit_code_3()
    {
        await planning.ImportSamplesAsync();
        await Sqlite.ExecuteAsync(
            planning.PathTo("planning.db"),
            "UPDATE voucher SET engagement = 'abolished' WHERE voucher_id = 'V-00209'"
        );

        var said = (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31")).Said(exitCode: 3);

        Assert.StartsWith(
            "Run 1 'nightly' for 2021-03-31: completed with errors\n",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "In quarantine; their decisions stay as they were, and count as set aside above:\n    harbor-county-schools: ",
            said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_out_of_balance_ends_in_exit_code_4()
    {
        await planning.ImportSamplesAsync();
        await Sqlite.ExecuteAsync(
            planning.PathTo("planning.db"),
            "CREATE TRIGGER t AFTER INSERT ON days_ledger BEGIN DELETE FROM days_ledger; END"
        );

        var said = (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31")).Said(exitCode: 4);

        Assert.Contains(
            "OUT OF BALANCE; the run has failed:\n    days booked: ",
            said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_shipped_policy_pack_is_well_formed_and_passes_its_scenarios()
    {
        Assert.StartsWith(
            "Policy pack 'planning-services' is well-formed:",
            (await planning.RunAsync("policy", "validate")).Said(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            " scenarios passed, 0 failed.\n",
            (await planning.RunAsync("policy", "test")).Said(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_pack_whose_scenario_does_not_hold_fails_its_test_and_says_where()
    {
        var pack = planning.PathTo("pack");
        foreach (var file in World.Pack.Files)
        {
            var path = Path.Combine(pack, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(
                path,
                file.Path == "parameters.yaml"
                    ? file.Text.Replace("2021-06-30", "2021-07-30", StringComparison.Ordinal)
                    : file.Text,
                TestContext.Current.CancellationToken
            );
        }

        var said = (await planning.RunAsync("policy", "test", pack)).Said(exitCode: 1);

        Assert.StartsWith("scenarios/retirement.yaml:", said, StringComparison.Ordinal);
        Assert.Contains("expected Void, RET-CREATED-LATE", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_says_what_it_did_and_a_second_time_that_there_is_nothing_to_do()
    {
        var file = planning.PathTo("planning.db");

        Assert.Contains(
            "to apply",
            (await planning.RunAsync("migrate", "--dry-run")).Said(),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(file));
        Assert.Contains(
            "V0001__facts.sql",
            (await planning.RunAsync("migrate")).Said(),
            StringComparison.Ordinal
        );
        Assert.Equal($"Database '{file}' is up to date.\n", (await planning.RunAsync("migrate")).Said());
    }

    [Fact]
    public async Task Several_starters_migrate_once()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => planning.RunAsync("migrate")));

        Assert.Single(all, e => e.Said().Contains(" applied", StringComparison.Ordinal));
    }

    public void Dispose() => planning.Dispose();

    private async Task ANightAsync()
    {
        await planning.RunSampleNightAsync();
    }

    private static List<string> Lines(string text) => [.. text.TrimEnd('\n').Split('\n')];

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
