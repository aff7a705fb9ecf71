using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Tests.Cli;

public sealed class DatabaseTroubleTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    private string File => planning.PathTo("planning.db");

    [Theory]
    [InlineData("runs")]
    [InlineData("runs", "show", "1")]
    [InlineData("runs", "resume", "1")]
    [InlineData("runs", "abandon", "1")]
    [InlineData("explain", "V-1")]
    [InlineData("export", "decisions")]
    [InlineData("run", "nightly", "--as-of", "2021-06-30")]
    [InlineData("run", "nightly", "--as-of", "2021-06-30", "--dry-run")]
    [InlineData("run", "nightly", "--as-of", "2021-06-30", "--replay")]
    [InlineData("serve")]
    [InlineData("policy", "publish")]
    public async Task Only_migrate_import_and_demo_make_a_database_that_does_not_exist(params string[] verb)
    {
        (await planning.RunAsync(verb)).Refused(
            1,
            $"Database '{File}' does not exist. Create it with: planning migrate"
        );

        Assert.False(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("import")]
    public async Task Migrate_and_import_make_one(string verb)
    {
        string[] args = verb == "import" ? [verb, PlanningProcess.Samples] : [verb];
        (await planning.RunAsync(args)).Said();

        Assert.True(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_run_refuses_a_database_that_is_empty()
    {
        await System.IO.File.WriteAllTextAsync(File, "", TestContext.Current.CancellationToken);

        (await planning.RunAsync("run", "nightly", "--as-of", "2021-06-30")).Refused(
            1,
            $"Database '{File}' is empty. Create its tables with: planning migrate"
        );
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_to_be_none()
    {
        await System.IO.File.WriteAllTextAsync(
            File,
            new string('x', 5000),
            TestContext.Current.CancellationToken
        );

        var ended = await planning.RunAsync("runs");

        Assert.StartsWith(
            $"'{File}' is not a readable SQLite database:",
            ended.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(1, ended.ExitCode);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        (await planning.RunAsync("migrate")).Said();
        Execute(
            "INSERT INTO schema_journal (script, sha256, applied_at) VALUES ('V9999__later.sql', '', '')"
        );

        (await planning.RunAsync("run", "nightly", "--as-of", "2021-06-30")).Refused(
            1,
            $"Database '{File}' is from a newer version of this program: its migration 'V9999__later.sql' is not known here. Use that version, or another database. Nothing was done."
        );
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_said()
    {
        var ended = await planning.RunAsync("migrate", "--database", planning.PathTo("no/such/folder/p.db"));

        Assert.StartsWith("Database '", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.Equal(1, ended.ExitCode);
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_said() =>
        Assert.StartsWith(
            "Setting 'Database:ConnectionString' must be a connection string such as 'Data Source=planning.db'.",
            (await planning.RunAsync("migrate", "--database", "Colour=blue")).Error,
            StringComparison.Ordinal
        );

    public void Dispose() => planning.Dispose();

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
