using System.Text;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Import;

/// <summary>Files that refuse an import before anything is written.</summary>
public sealed class BadImportFileTests
{
    private const string Agreements = "agreement_id,customer_id,ends_on";

    [Fact]
    public void A_folder_that_does_not_exist()
    {
        using var folder = new ImportFolder();
        Directory.Delete(folder.Folder);
        Assert.Equal(
            "Folder '~' does not exist. Name the folder with the import files. Nothing was imported.",
            folder.Refusal()
        );
    }

    [Fact]
    public void A_folder_without_import_files()
    {
        using var folder = new ImportFolder();
        folder.Add("voucher.csv", "x");
        Assert.Equal(
            "Folder '~' has none of the import files: agreements.csv, entitlement_grants.csv, partners.csv, "
                + "partner_locations.csv, partner_competencies.csv, enrollments.csv, consultants.csv, "
                + "consultant_exams.csv, vouchers.csv, payment_requests.csv, payments.csv, payment_allocations.csv. Nothing was imported.",
            folder.Refusal()
        );
    }

    [Fact]
    public void A_file_with_another_name_is_ignored_and_it_is_said()
    {
        using var folder = new ImportFolder();
        folder.Add("agreements.csv", Agreements).Add("voucher.csv", "x");
        Assert.Equal(["voucher.csv"], folder.Import().IgnoredFiles);
    }

    [Fact]
    public void An_empty_file() =>
        AssertRefused(
            "",
            "agreements.csv: the file is empty; its first line must be a header with the columns "
                + "agreement_id,customer_id,ends_on. Nothing was imported."
        );

    [Fact]
    public void A_header_with_a_wrong_a_doubled_and_a_missing_column() =>
        AssertRefused(
            "agreement_id,customer,agreement_id,ends_on\nA1,C1,A1,\n",
            "agreements.csv:1: column 'customer' is unknown; column 'agreement_id' occurs 2 times; column 'customer_id' "
                + "is missing. The columns, in any order, are agreement_id,customer_id,ends_on. Nothing was imported."
        );

    [Fact]
    public void Semicolons_in_place_of_commas() =>
        AssertRefused(
            "agreement_id;customer_id;ends_on\nA1;C1;\n",
            "agreements.csv:1: column 'agreement_id;customer_id;ends_on' is unknown; column 'agreement_id' is missing; "
                + "column 'customer_id' is missing; column 'ends_on' is missing. The columns, in any order, are "
                + "agreement_id,customer_id,ends_on. Nothing was imported."
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void UTF_16(bool withMark)
    {
        var text = Encoding.Unicode.GetBytes(Agreements + "\nA1,C1,\n");
        AssertRefused(
            withMark ? [.. Encoding.Unicode.GetPreamble(), .. text] : text,
            "agreements.csv: the file is UTF-16 (or UTF-32); import files are UTF-8. Save it as UTF-8 and import again. "
                + "Nothing was imported."
        );
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_with_their_line() =>
        AssertRefused(
            Encoding.Latin1.GetBytes(Agreements + "\nA1,C1,\nA2,Größe,\nA3,C1,\n"),
            "agreements.csv:3: the line has bytes that are not UTF-8. Save the file as UTF-8 and import again. "
                + "Nothing was imported."
        );

    [Fact]
    public void A_character_cut_off_at_the_end_of_the_file() =>
        AssertRefused(
            [.. Encoding.UTF8.GetBytes(Agreements + "\nA1,C1,\n"), 0xC3],
            "agreements.csv:3: the line has bytes that are not UTF-8. Save the file as UTF-8 and import again. "
                + "Nothing was imported."
        );

    [Fact]
    public void Characters_of_several_bytes_may_lie_anywhere()
    {
        using var folder = new ImportFolder();
        var name = string.Concat(Enumerable.Repeat("ä€😀", 40));
        var lines = Enumerable.Range(0, 8000).Select(i => $"P{i},{new string('x', i % 5)}{name}");
        folder.Add("partners.csv", ["partner_id,name", .. lines]);

        var file = folder.Import().Files[0];

        Assert.Equal(8000, file.Inserted);
        Assert.Equal(
            "xx" + name,
            folder.Temp.Scalar<string>("SELECT name FROM partner WHERE partner_id = 'P7'")
        );
    }

    [Fact]
    public void A_quote_that_is_never_closed_in_a_great_file()
    {
        using var folder = new ImportFolder();
        folder.Add("agreements.csv", Agreements, "A1,C1,", "A2,\"C2,", new string('x', 80 * 1024 * 1024));
        Assert.Equal(
            "agreements.csv:3: a row is longer than 67108864 bytes. Most likely a quote was opened there and not closed. "
                + "That row and those after it were not imported.",
            folder.Refusal()
        );
        Assert.Empty(folder.Facts());
    }

    [Fact]
    public void Nothing_is_imported_where_a_later_file_is_wrong()
    {
        using var folder = ImportFolder.WithOneOfEach().Add("payments.csv", "nonsense");
        Assert.StartsWith(
            "payments.csv:1: column 'nonsense' is unknown; ",
            folder.Refusal(),
            StringComparison.Ordinal
        );
        Assert.Empty(folder.Facts());
    }

    [Fact]
    public void A_database_that_another_process_keeps_locked()
    {
        using var folder = ImportFolder.WithOneOfEach();
        using var other = folder.Temp.Open();
        Dapper.SqlMapper.Execute(other.Driver, "BEGIN IMMEDIATE");
        Assert.Equal(
            $"Database '{folder.Temp.File}' is locked by another process and did not come free in time. What was "
                + "committed stays; start again when the other process has ended.",
            folder.Refusal("Default Timeout=1")
        );
    }

    [Fact]
    public void A_database_that_may_only_be_read()
    {
        using var folder = ImportFolder.WithOneOfEach();
        Assert.Equal(
            $"Database '{folder.Temp.File}' cannot be written: the file, its folder or its disk is read-only. Give "
                + "the user who runs this program the right to write there.",
            folder.Refusal("Mode=ReadOnly")
        );
    }

    [Theory]
    [InlineData(nameof(RunStatus.InProgress))]
    [InlineData(nameof(RunStatus.Interrupted))]
    [InlineData(nameof(RunStatus.Failed))]
    public void Facts_do_not_change_before_the_end_of_a_run_that_is(string status)
    {
        using var folder = ImportFolder.WithOneOfEach();
        var run = folder.Temp.BeginRun(new(2021, 3, 31));
        if (status != nameof(RunStatus.InProgress))
        {
            End(folder, run, Enum.Parse<RunStatus>(status));
        }

        Assert.Equal(
            "Run 1 ('nightly' for 2021-03-31) is not finished, and facts must not change under it. Let it end, go on with it "
                + "(planning runs resume 1) or give it up (planning runs abandon 1), then import. Nothing was imported.",
            folder.Refusal()
        );
    }

    [Fact]
    public void Facts_do_not_change_before_a_run_whose_process_died_has_gone_on()
    {
        using var folder = ImportFolder.WithOneOfEach();
        folder.Temp.BeginRun(new(2021, 3, 31));
        folder.Temp.Time.Advance(TimeSpan.FromDays(1));
        Assert.StartsWith(
            "Run 1 ('nightly' for 2021-03-31) is not finished",
            folder.Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Facts_may_change_after_a_run_that_was_completed()
    {
        using var folder = ImportFolder.WithOneOfEach();
        End(folder, folder.Temp.BeginRun(new(2021, 3, 31)), RunStatus.Completed);
        Assert.Equal(0, folder.Import().Rejected);
    }

    [Fact]
    public void Facts_may_change_after_a_run_that_was_given_up()
    {
        using var folder = ImportFolder.WithOneOfEach();
        var run = folder.Temp.BeginRun(new(2021, 3, 31));
        End(folder, run, RunStatus.Interrupted);
        using (var connection = folder.Temp.Open())
        {
            Assert.True(new RunStore(connection).Abandon(run.RunId, TempDatabase.Now));
        }

        Assert.Equal(0, folder.Import().Rejected);
    }

    private static void End(ImportFolder folder, Run run, RunStatus status)
    {
        using var store = new Store(folder.Temp.Database);
        if (RunStore.IsCompleted(status))
        {
            folder.Temp.Complete(run);
        }
        else if (status == RunStatus.Interrupted)
        {
            store.Runs.Interrupt(run.RunId, TempDatabase.Now);
        }
        else
        {
            store.Runs.Fail(folder.Temp.Take(run), "broken", TempDatabase.Now);
        }
    }

    [Fact]
    public void A_rejects_file_that_cannot_be_written()
    {
        using var folder = new ImportFolder();
        folder.Add("agreements.csv", Agreements, "A 1,C1,");
        Directory.CreateDirectory(folder.RejectsPath);
        var message = folder.Refusal();
        Assert.StartsWith(
            $"The rejected rows cannot be written to '{folder.RejectsPath}': ",
            message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(" Name another file with --rejects.", message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string content, string message) =>
        AssertRefused(Encoding.UTF8.GetBytes(content), message);

    private static void AssertRefused(byte[] content, string message)
    {
        using var folder = new ImportFolder();
        folder.AddBytes("agreements.csv", content);
        Assert.Equal(message, folder.Refusal());
        Assert.Empty(folder.Facts());
    }
}
