using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Import;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Hosting;

public sealed class DropFoldersTests : IDisposable
{
    private const string Header = "agreement_id,customer_id,ends_on";

    private readonly FakeLogger<DropFolders> log = new();
    private readonly List<TempDatabase> databases = [];
    private DropFolders? service;

    [Fact]
    public void A_folder_is_imported_once_it_is_declared_complete_and_moved_to_done()
    {
        var temp = Database();
        Drop(temp, "monday", isReady: false, Header, "A1,C1,");
        Assert.Equal(0, ImportReady(temp));

        Declare(temp, "monday");
        Assert.Equal(1, ImportReady(temp));
        Assert.Equal(0, ImportReady(temp));

        Assert.Equal("A1", Agreements(temp));
        Assert.Equal("done/monday/_READY done/monday/agreements.csv", Files(temp));
        Assert.Equal("Completed", Imports(temp));
    }

    [Fact]
    public void Rejected_rows_are_moved_with_the_folder()
    {
        var temp = Database();
        Drop(temp, "monday", isReady: true, Header, "A1,C1,", "A2,,");

        Assert.Equal(1, ImportReady(temp));

        Assert.Equal("A1", Agreements(temp));
        Assert.Equal(
            [
                "file,line,column,value,reason",
                "agreements.csv,3,customer_id,,is empty, but a value is needed",
            ],
            File.ReadAllLines(Path.Combine(Root(temp), "done", "monday", "rejects.csv"))
                .Select(l => l.Replace("\"", "", StringComparison.Ordinal))
        );
        Assert.Equal("CompletedWithRejects", Imports(temp));
    }

    [Fact]
    public void Folders_that_are_ready_together_are_imported_in_the_order_of_their_names()
    {
        var temp = Database();
        Drop(temp, "2021-04-02", isReady: true, Header, "A1,later,");
        Drop(temp, "2021-04-01", isReady: true, Header, "A1,earlier,");

        Assert.Equal(2, ImportReady(temp));

        Assert.Equal(["later"], temp.Query<string>("SELECT customer_id FROM agreement"));
    }

    [Fact]
    public void A_malformed_folder_is_moved_to_failed_with_the_reason_and_those_after_it_are_imported()
    {
        var temp = Database();
        Drop(temp, "monday", isReady: true, "agreement_id,customer", "A1,C1");
        Drop(temp, "tuesday", isReady: true, Header, "A2,C1,");

        Assert.Equal(1, ImportReady(temp));

        Assert.Equal("A2", Agreements(temp));
        Assert.Equal(
            "done/tuesday/_READY done/tuesday/agreements.csv failed/monday.reason.txt failed/monday/_READY failed/monday/agreements.csv",
            Files(temp)
        );
        Assert.Equal(
            "agreements.csv:1: column 'customer' is unknown; column 'customer_id' is missing; column 'ends_on' is missing. "
                + "The columns, in any order, are agreement_id,customer_id,ends_on. Nothing was imported.\n",
            File.ReadAllText(Path.Combine(Root(temp), "failed", "monday.reason.txt"))
        );
    }

    [Fact]
    public void A_folder_without_import_files_is_moved_to_failed()
    {
        var temp = Database();
        Drop(temp, "monday", isReady: true);
        File.Delete(Path.Combine(Root(temp), "monday", "agreements.csv"));

        Assert.Equal(0, ImportReady(temp));

        Assert.Equal("failed/monday.reason.txt failed/monday/_READY", Files(temp));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public void A_folder_whose_import_was_committed_before_the_service_died_is_only_moved(Provider provider)
    {
        var temp = Database(provider);
        Drop(temp, "monday", isReady: true, Header, "A1,C1,");
        Assert.NotNull(Importer(temp).Import(Open(temp, "monday"), TestContext.Current.CancellationToken));

        Assert.Equal(0, ImportReady(temp));

        Assert.Equal("done/monday/_READY done/monday/agreements.csv", Files(temp));
        Assert.Equal("Completed", Imports(temp));
    }

    [Fact]
    public void A_folder_that_is_moved_back_is_imported_again()
    {
        var temp = Database();
        Drop(temp, "monday", isReady: true, Header, "A1,C1,");
        ImportReady(temp);
        temp.Execute("UPDATE agreement SET customer_id = 'C2'");
        Directory.Move(Path.Combine(Root(temp), "done", "monday"), Path.Combine(Root(temp), "monday"));

        Assert.Equal(1, ImportReady(temp));

        Assert.Equal(["C1"], temp.Query<string>("SELECT customer_id FROM agreement"));
    }

    [Fact]
    public void A_name_that_comes_again_gets_a_number_in_done()
    {
        var temp = Database();
        foreach (var agreement in new[] { "A1", "A2", "A3" })
        {
            Drop(temp, "daily", isReady: true, Header, $"{agreement},C1,");
            Assert.Equal(1, ImportReady(temp));
        }

        Assert.Equal("A1 A2 A3", Agreements(temp));
        Assert.Equal(
            ["daily", "daily-2", "daily-3"],
            Directory
                .EnumerateDirectories(Path.Combine(Root(temp), "done"))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Files_that_are_written_after_it_was_declared_complete_keep_a_folder_waiting()
    {
        var temp = Database();
        Drop(temp, "monday", isReady: true, Header, "A1,C1,");
        var ready = Path.Combine(Root(temp), "monday", "_READY");
        File.SetLastWriteTimeUtc(ready, File.GetLastWriteTimeUtc(ready).AddSeconds(-5));

        Assert.Equal(0, ImportReady(temp));
        Assert.Equal(0, ImportReady(temp));

        Assert.Equal("", Agreements(temp));
        Assert.Equal(
            $"'{Path.Combine(Root(temp), "monday")}' waits: 'agreements.csv' was written after '_READY', so the files may not be "
                + "complete. Write '_READY' again when they are.",
            Assert.Single(log.Collector.GetSnapshot()).Message
        );
        Declare(temp, "monday");
        Assert.Equal(1, ImportReady(temp));
    }

    [Fact]
    public void Of_files_that_change_while_they_are_imported_nothing_is_recorded_as_complete()
    {
        var temp = Database();
        Drop(temp, "monday", isReady: true, Header, "A1,C1,");
        var seen = Open(temp, "monday");
        Drop(temp, "monday", isReady: true, Header, "A1,C1,", "A2,C1,");

        Assert.Throws<IncompleteException>(() =>
            Importer(temp).Import(seen, TestContext.Current.CancellationToken)
        );
        Assert.Equal("", Agreements(temp));

        Assert.Equal(1, ImportReady(temp));
        Assert.Equal("A1 A2", Agreements(temp));
    }

    [Fact]
    public void A_folder_that_disappears_meanwhile_is_no_failure()
    {
        var temp = Database();
        Drop(temp, "1", isReady: true, Header, "A1,C1,");
        Drop(temp, "2", isReady: true, Header, "A2,C1,");
        Drop(temp, "3", isReady: true, Header, "A3,C1,");

        var clock = new Deleting(Path.Combine(Root(temp), "2"));
        Assert.Equal(2, Service(temp, clock).ImportReady(TestContext.Current.CancellationToken));

        Assert.Equal("A1 A3", Agreements(temp));
        Assert.Contains(
            log.Collector.GetSnapshot(),
            r =>
                r.Message.StartsWith(
                    $"Drop folder '{Path.Combine(Root(temp), "2")}' is gone: ",
                    StringComparison.Ordinal
                )
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Root(temp), "failed")));
    }

    [Theory]
    [InlineData("agreements.csv")]
    // Rejected rows would be written through it.
    [InlineData("rejects.csv")]
    public void A_symbolic_link_in_a_folder_is_refused(string name)
    {
        var temp = Database();
        Drop(temp, "monday", isReady: true, Header, "A1,,");
        var elsewhere = Path.Combine(temp.Folder, "elsewhere");
        File.WriteAllText(elsewhere, $"{Header}\nA9,C1,\n");
        File.Delete(Path.Combine(Root(temp), "monday", name));
        File.CreateSymbolicLink(Path.Combine(Root(temp), "monday", name), elsewhere);

        Assert.Equal(0, ImportReady(temp));

        Assert.Equal(
            $"'{name}' is a symbolic link. Deliver a folder with the files themselves. Nothing was imported.\n",
            File.ReadAllText(Path.Combine(Root(temp), "failed", "monday.reason.txt"))
        );
        Assert.Equal($"{Header}\nA9,C1,\n", File.ReadAllText(elsewhere));
    }

    [Fact]
    public void A_folder_that_is_a_symbolic_link_is_refused_and_what_it_points_to_stays()
    {
        var temp = Database();
        Drop(temp, "../elsewhere", isReady: true, Header, "A1,C1,");
        Service(temp);
        Directory.CreateSymbolicLink(
            Path.Combine(Root(temp), "monday"),
            Path.Combine(temp.Folder, "elsewhere")
        );

        Assert.Equal(0, ImportReady(temp));

        Assert.Equal("", Agreements(temp));
        Assert.Equal(
            "'monday' is a symbolic link. Deliver a folder with the files themselves. Nothing was imported.\n",
            File.ReadAllText(Path.Combine(Root(temp), "failed", "monday.reason.txt"))
        );
        Assert.True(File.Exists(Path.Combine(temp.Folder, "elsewhere", "agreements.csv")));
    }

    [Fact]
    public void A_folder_that_cannot_be_moved_is_imported_once_and_moved_when_it_can_be()
    {
        var temp = Database();
        Drop(temp, "monday", isReady: true, Header, "A1,C1,");
        Service(temp);
        var done = Path.Combine(Root(temp), "done");
        Directory.Delete(done);
        File.WriteAllText(done, "");

        Assert.Equal(1, ImportReady(temp));
        Assert.Equal(0, ImportReady(temp));
        Assert.Contains(
            log.Collector.GetSnapshot(),
            r => r.Message.Contains($"It cannot be moved to '{done}/monday': ", StringComparison.Ordinal)
        );

        File.Delete(done);
        Directory.CreateDirectory(done);
        Assert.Equal(0, ImportReady(temp));
        Assert.Equal("done/monday/_READY done/monday/agreements.csv", Files(temp));
        Assert.Equal("Completed", Imports(temp));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_may_not_be_read_waits_until_it_may()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "This user may read everything.");
        var temp = Database();
        Drop(temp, "monday", isReady: true, Header, "A1,C1,");
        var folder = Path.Combine(Root(temp), "monday");
        File.SetUnixFileMode(folder, UnixFileMode.None);

        Assert.Equal(0, ImportReady(temp));

        Assert.Equal(
            $"'{folder}' waits: Access to the path '{folder}' is denied.",
            Assert.Single(log.Collector.GetSnapshot()).Message
        );
        File.SetUnixFileMode(
            folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        Assert.Equal(1, ImportReady(temp));
    }

    [Fact]
    public async Task While_a_run_is_not_finished_folders_wait()
    {
        using var world = World.OfSamples();
        await world.RunUntilAsync(chunks: 1, World.Midway);
        Drop(world.Temp, "monday", isReady: true, Header, "A1,C1,");

        Assert.Equal(0, ImportReady(world.Temp));
        Assert.StartsWith(
            $"'{Path.Combine(Root(world.Temp), "monday")}' waits: Run 1 ('nightly' for 2020-06-30) is not finished",
            Assert.Single(log.Collector.GetSnapshot()).Message,
            StringComparison.Ordinal
        );

        await world.RunAsync(World.Midway);
        Assert.Equal(1, ImportReady(world.Temp));
    }

    [Fact]
    public async Task Of_several_nodes_that_look_at_a_shared_folder_one_imports_it()
    {
        var temp = Database(Provider.Postgres);
        Drop(temp, "monday", isReady: true, [Header, .. Enumerable.Range(1, 500).Select(i => $"A{i},C1,")]);

        var imported = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => New(temp, temp.Time))
                .Select(node => Task.Run(() => node.ImportReady(TestContext.Current.CancellationToken)))
        );

        Assert.Equal(1, imported.Sum());
        Assert.Equal("done/monday/_READY done/monday/agreements.csv", Files(temp));
        Assert.Equal("Completed", Imports(temp));
    }

    [Fact]
    public void The_service_does_not_start_without_its_import_folder()
    {
        var temp = Database();

        var refused = Assert.Throws<PlanningException>(() => New(temp, temp.Time).Prepare());

        Assert.Equal(
            $"Setting 'Import:Folder' is '{Root(temp)}'; it must be a folder in which this user may create and move folders. "
                + "The folder does not exist. The service has not started.",
            refused.Message
        );
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    public void Dispose() => databases.ForEach(d => d.Dispose());

    private TempDatabase Database(Provider provider = Provider.Sqlite)
    {
        var temp = new TempDatabase(provider);
        databases.Add(temp);
        return temp;
    }

    private static string Root(TempDatabase temp) => Path.Combine(temp.Folder, "inbox");

    private static void Drop(TempDatabase temp, string name, bool isReady, params string[] lines)
    {
        var folder = Path.Combine(Root(temp), name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "agreements.csv"), string.Join('\n', lines) + "\n");
        if (isReady)
        {
            Declare(temp, name);
        }
    }

    private static void Declare(TempDatabase temp, string name) =>
        File.WriteAllText(Path.Combine(Root(temp), name, "_READY"), "");

    private static DropFolder Open(TempDatabase temp, string name) =>
        DropFolder.Open(Path.Combine(Root(temp), name));

    private static Importer Importer(TempDatabase temp) =>
        new(temp.Database, new HashSet<string>(), temp.Time);

    private int ImportReady(TempDatabase temp) =>
        Service(temp).ImportReady(TestContext.Current.CancellationToken);

    private DropFolders Service(TempDatabase temp, TimeProvider? clock = null)
    {
        if (service is null)
        {
            Directory.CreateDirectory(Root(temp));
            service = New(temp, clock ?? temp.Time);
            service.Prepare();
        }

        return service;
    }

    private DropFolders New(TempDatabase temp, TimeProvider clock) =>
        new(
            temp.Database,
            new(Options.Create(new PoliciesOptions())),
            Options.Create(new ImportOptions { Folder = Root(temp) }),
            new RunMetrics(),
            clock,
            log
        );

    private static string Agreements(TempDatabase temp) =>
        string.Join(' ', temp.Query<string>("SELECT agreement_id FROM agreement ORDER BY agreement_id"));

    private static string Imports(TempDatabase temp) =>
        string.Join(' ', temp.Query<string>("SELECT status FROM import_run ORDER BY import_id"));

    private static string Files(TempDatabase temp) =>
        string.Join(
            ' ',
            Directory
                .EnumerateFiles(Root(temp), "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Root(temp), f))
                .Order(StringComparer.Ordinal)
        );

    /// <summary>A clock that takes a folder away as soon as it is asked the time.</summary>
    private sealed class Deleting(string folder) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            return base.GetUtcNow();
        }
    }
}
