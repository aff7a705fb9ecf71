using System.Diagnostics;
using DbUp.Engine;
using Microsoft.Extensions.Time.Testing;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Sqlite;

namespace PlanningServices.Worker.Tests.Data;

public sealed class MigrationTests : IDisposable
{
    private static readonly SqlScript First = new("V0001__first.sql", "CREATE TABLE first (id INTEGER);\n");
    private static readonly SqlScript Second = new(
        "V0002__second.sql",
        "CREATE TABLE second (id INTEGER);\n"
    );
    private static readonly SqlScript Third = new("V0003__third.sql", "CREATE TABLE third (id INTEGER);\n");

    private readonly TempDatabase temp = new(migrate: false);

    [Fact]
    public void A_new_database_gets_every_script_once()
    {
        Assert.Equal(["V0001__first.sql", "V0002__second.sql"], Migrator(First, Second).Apply());
        Assert.Equal([], Migrator(First, Second).Apply());
        Assert.Equal(["V0003__third.sql"], Migrator(First, Second, Third).Apply());
        Migrator(First, Second, Third).EnsureCurrent();
    }

    [Fact]
    public void The_scripts_of_the_program_make_a_database_that_is_current()
    {
        var migrator = new Migrator(temp.Database, TimeProvider.System);
        Assert.NotEmpty(migrator.Apply());
        migrator.EnsureCurrent();
        Assert.Equal("ok", temp.Scalar<string>("PRAGMA integrity_check"));
        Assert.Empty(temp.Query<string>("SELECT \"table\" FROM pragma_foreign_key_check"));
    }

    [Fact]
    public void A_dry_run_tells_what_would_run_and_makes_nothing()
    {
        Assert.Equal(["V0001__first.sql", "V0002__second.sql"], Migrator(First, Second).Pending());
        Assert.False(File.Exists(temp.Database.File));

        Migrator(First).Apply();

        Assert.Equal(["V0002__second.sql"], Migrator(First, Second).Pending());
        Assert.Equal(0, temp.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'second'"));
    }

    [Fact]
    public void A_script_changed_after_it_ran_is_refused()
    {
        Migrator(First).Apply();
        AssertRefused(
            "Migration 'V0001__first.sql' was changed after it ran on database '~'. Put its text back and make the change "
                + "in a new script. Nothing was done.",
            new SqlScript(First.Name, First.Contents + "-- changed"),
            Second
        );
    }

    [Fact]
    public void Other_line_ends_are_no_change()
    {
        Migrator(First).Apply();
        var windows = new SqlScript(
            First.Name,
            First.Contents.Replace("\n", "\r\n", StringComparison.Ordinal)
        );
        Assert.Equal([], Migrator(windows).Apply());
    }

    [Fact]
    public void A_script_that_ran_and_is_missing_is_refused()
    {
        Migrator(First, Second, Third).Apply();
        AssertRefused(
            "Migration 'V0002__second.sql' has run on database '~' but is missing here. Use a complete program. "
                + "Nothing was done.",
            First,
            Third
        );
    }

    [Fact]
    public void A_script_that_comes_before_one_that_ran_is_refused()
    {
        Migrator(First, Third).Apply();
        AssertRefused(
            "Migration 'V0002__second.sql' comes before 'V0003__third.sql', which has already run on database '~'. "
                + "Give it a later number. Nothing was done.",
            First,
            Second,
            Third
        );
    }

    [Fact]
    public void A_database_from_a_newer_version_is_refused()
    {
        Migrator(First, Second, Third).Apply();
        AssertRefused(
            "Database '~' is from a newer version of this program: its migration 'V0003__third.sql' is not known here. "
                + "Use that version, or another database. Nothing was done.",
            First,
            Second
        );
    }

    [Fact]
    public void A_database_of_an_older_version_is_not_current()
    {
        Migrator(First).Apply();
        var error = Assert.Throws<PlanningException>(Migrator(First, Second).EnsureCurrent);
        Assert.Equal(
            "Database '~' is of an older version: 1 of 2 migrations have not run, the first is 'V0002__second.sql'. "
                + "Upgrade it with: planning migrate",
            WithoutPath(error)
        );
    }

    [Fact]
    public void A_database_that_is_not_there_is_not_current()
    {
        var error = Assert.Throws<PlanningException>(Migrator(First).EnsureCurrent);
        Assert.Equal("Database '~' does not exist. Create it with: planning migrate", WithoutPath(error));
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        File.Delete(temp.Database.File);
        using (var connection = temp.Database.OpenOrCreate())
        {
            Dapper.SqlMapper.Execute(connection.Driver, "CREATE TABLE theirs (id)");
        }

        AssertRefused(
            "Database '~' has tables that are not from this program. Name another database. Nothing was done.",
            First
        );
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(temp.Database.File, new string('x', 5000));
        AssertRefused(
            "'~' is not a readable SQLite database: SQLite Error 26: 'file is not a database'. Restore it from a backup, "
                + "or name another file.",
            First
        );
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named()
    {
        var database = new SqliteDatabase($"Data Source={Path.Combine(temp.Folder, "no", "p.db")}");
        var error = Assert.Throws<PlanningException>(() =>
            new Migrator(database, [First], TimeProvider.System).Apply()
        );
        Assert.StartsWith(
            $"Database '{database.File}' cannot be created or upgraded: ",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_script_that_fails_half_way_is_rolled_back_and_those_before_it_stay()
    {
        var broken = new SqlScript(
            "V0002__broken.sql",
            "CREATE TABLE half (id); INSERT INTO nowhere VALUES (1);"
        );
        var error = Assert.Throws<PlanningException>(() => Migrator(First, broken).Apply());
        Assert.Equal(
            "Migration 'V0002__broken.sql' failed on database '~': SQLite Error 1: 'no such table: nowhere'. It was rolled "
                + "back; migrations before it stay.",
            WithoutPath(error)
        );
        Assert.Equal(
            ["first"],
            temp.Query<string>("SELECT name FROM sqlite_schema WHERE name IN ('first', 'half')")
        );
        Assert.Equal(["V0002__second.sql"], Migrator(First, Second).Apply());
    }

    [Fact]
    public async Task Of_several_threads_that_start_at_once_one_migrates()
    {
        var applied = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(
                        () => new Migrator(temp.Database, TimeProvider.System).Apply(),
                        TestContext.Current.CancellationToken
                    )
                )
        );
        Assert.Single(applied, a => a.Count > 0);
    }

    [Fact]
    public async Task Of_several_processes_that_start_at_once_one_migrates()
    {
        var outputs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync()));

        Assert.All(outputs, o => Assert.True(o.ExitCode == 0, o.Error));
        Assert.Empty(new Migrator(temp.Database, TimeProvider.System).Pending());
        Assert.Single(outputs, o => o.Output.Contains("migrations have run", StringComparison.Ordinal));
    }

    public void Dispose() => temp.Dispose();

    private Migrator Migrator(params SqlScript[] scripts) =>
        new(temp.Database, scripts, new FakeTimeProvider());

    private void AssertRefused(string message, params SqlScript[] scripts)
    {
        var before = File.Exists(temp.Database.File) ? File.ReadAllBytes(temp.Database.File) : [];
        Assert.Equal(message, WithoutPath(Assert.Throws<PlanningException>(() => Migrator(scripts).Apply())));
        Assert.Equal(before, File.ReadAllBytes(temp.Database.File));
    }

    private string WithoutPath(PlanningException error) =>
        error.Message.Replace(temp.Database.File, "~", StringComparison.Ordinal);

    private async Task<(int ExitCode, string Output, string Error)> MigrateAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [typeof(Migrator).Assembly.Location, "migrate"])
        {
            WorkingDirectory = temp.Folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PLANNING__Database__ConnectionString"] = $"Data Source={temp.Database.File}";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, error);
    }
}
