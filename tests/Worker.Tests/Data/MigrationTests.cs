using System.Diagnostics;
using DbUp.Engine;
using Microsoft.Extensions.Time.Testing;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Sqlite;

namespace PlanningServices.Worker.Tests.Data;

public abstract class MigrationTests(Provider provider) : IDisposable
{
    private protected static readonly SqlScript First = new(
        "V0001__first.sql",
        "CREATE TABLE first (id INTEGER);\n"
    );
    private static readonly SqlScript Second = new(
        "V0002__second.sql",
        "CREATE TABLE second (id INTEGER);\n"
    );
    private static readonly SqlScript Third = new("V0003__third.sql", "CREATE TABLE third (id INTEGER);\n");

    private readonly TempDatabase temp = new(provider, migrate: false);

    private protected TempDatabase Temp => temp;

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
        Assert.Contains("run_partition", Tables());
    }

    [Fact]
    public void A_dry_run_tells_what_would_run_and_makes_nothing()
    {
        Assert.Equal(["V0001__first.sql", "V0002__second.sql"], Migrator(First, Second).Pending());
        Assert.False(File.Exists(temp.File));

        Migrator(First).Apply();

        Assert.Equal(["V0002__second.sql"], Migrator(First, Second).Pending());
        Assert.DoesNotContain("second", Tables());
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
    public void A_database_of_another_program_is_refused()
    {
        using (var connection = temp.Database.OpenOrCreate())
        {
            Dapper.SqlMapper.Execute(connection.Driver, "CREATE TABLE theirs (id INTEGER)");
        }

        AssertRefused(
            "Database '~' has tables that are not from this program. Name another database. Nothing was done.",
            First
        );
    }

    [Fact]
    public void A_script_that_fails_half_way_is_rolled_back_and_those_before_it_stay()
    {
        var broken = new SqlScript(
            "V0002__broken.sql",
            "CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1);"
        );
        var error = Assert.Throws<PlanningException>(() => Migrator(First, broken).Apply());
        Assert.Equal(
            "Migration 'V0002__broken.sql' failed and was rolled back; migrations before it stay. "
                + provider switch
                {
                    Provider.Sqlite => "Database '~' reported: SQLite Error 1: 'no such table: nowhere'.",
                    Provider.Postgres =>
                        "Database '~' lacks a table: relation \"nowhere\" does not exist. Upgrade it with: planning migrate",
                    Provider.SqlServer =>
                        "Database '~' lacks a table: Invalid object name 'nowhere'. Upgrade it with: planning migrate",
                },
            WithoutPath(error)
        );
        Assert.Contains("first", Tables());
        Assert.DoesNotContain("half", Tables());
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
        Assert.Single(outputs, o => o.Output.Contains(" applied", StringComparison.Ordinal));
    }

    public void Dispose() => temp.Dispose();

    private protected Migrator Migrator(params SqlScript[] scripts) =>
        new(temp.Database, scripts, new FakeTimeProvider());

    private protected void AssertRefused(string message, params SqlScript[] scripts)
    {
        var before = Content();
        Assert.Equal(message, WithoutPath(Assert.Throws<PlanningException>(() => Migrator(scripts).Apply())));
        Assert.Equal(before, Content());
    }

    private protected string WithoutPath(PlanningException error) =>
        error.Message.Replace(temp.Database.Name, "~", StringComparison.Ordinal);

    /// <summary>What a refusal must leave as it is.</summary>
    private protected virtual string Content() =>
        string.Join(
            '\n',
            Tables()
                .Concat(
                    Tables().Contains("schema_journal")
                        ? temp.Texts("SELECT script, sha256 FROM schema_journal ORDER BY script")
                        : []
                )
        );

    private IReadOnlyList<string> Tables() =>
        temp.Query<string>(
            provider switch
            {
                Provider.Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                Provider.Postgres =>
                    "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
                Provider.SqlServer => "SELECT name FROM sys.tables ORDER BY name",
            }
        );

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
        start.Environment["PLANNING__Database__Provider"] = provider.ToString();
        start.Environment["PLANNING__Database__ConnectionString"] = temp.Url;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, error);
    }
}

public sealed class MigrationOnSqliteTests() : MigrationTests(Provider.Sqlite)
{
    [Fact]
    public void A_file_that_was_made_is_sound()
    {
        new Migrator(Temp.Database, TimeProvider.System).Apply();
        Assert.Equal("ok", Temp.Scalar<string>("PRAGMA integrity_check"));
        Assert.Empty(Temp.Query<string>("SELECT \"table\" FROM pragma_foreign_key_check"));
    }

    [Fact]
    public void A_database_that_is_not_there_is_not_current()
    {
        var error = Assert.Throws<PlanningException>(Migrator(First).EnsureCurrent);
        Assert.Equal("Database '~' does not exist. Create it with: planning migrate", WithoutPath(error));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(Temp.File, new string('x', 5000));
        AssertRefused(
            "'~' is not a readable SQLite database: SQLite Error 26: 'file is not a database'. Restore it from a backup, "
                + "or name another file.",
            First
        );
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named()
    {
        var database = new SqliteDatabase($"Data Source={Path.Combine(Temp.Folder, "no", "p.db")}");
        var error = Assert.Throws<PlanningException>(() =>
            new Migrator(database, [First], TimeProvider.System).Apply()
        );
        Assert.StartsWith(
            $"Database '{database.File}' cannot be written to: ",
            error.Message,
            StringComparison.Ordinal
        );
    }

    // To the last byte.
    private protected override string Content() =>
        File.Exists(Temp.File) ? Convert.ToHexString(File.ReadAllBytes(Temp.File)) : "";
}

public sealed class MigrationOnPostgresTests() : MigrationTests(Provider.Postgres);

public sealed class MigrationOnSqlServerTests() : MigrationTests(Provider.SqlServer);
