using Npgsql;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>What the program says when PostgreSQL is not as it should be: one line, and never a password.</summary>
public sealed class TroubleOnPostgresTests : IDisposable
{
    private const string Secret = "geheim-1234";

    private const string Expected =
        "Setting 'Database:ConnectionString' must be a connection string such as "
        + "'Host=db;Database=planning;Username=planning_run;Password=...'. ";

    private readonly PlanningOnPostgres planning = new();

    [Theory]
    [InlineData("runs")]
    [InlineData("migrate")]
    [InlineData("import", ".")]
    [InlineData("run", "nightly", "--as-of", "2021-03-31")]
    public async Task A_server_that_does_not_run(params string[] verb) =>
        await AssertRefusedAsync(
            $"Host=127.0.0.1;Port=1;Database=planning;Username=ana;Password={Secret}",
            1,
            "Database 'planning on 127.0.0.1:1' does not answer: Connection refused. Check that the server runs and can be "
                + "reached, and start again; what was committed stays.",
            verb
        );

    [Fact]
    public async Task A_password_that_is_wrong() =>
        await AssertRefusedAsync(
            With(u => u.Password = Secret),
            1,
            $"Database '{planning.Name}' refused the user: password authentication failed for user \"planning\". Check "
                + "Username and Password in Database:ConnectionString.",
            "runs"
        );

    [Theory]
    [InlineData("runs")]
    [InlineData("migrate")]
    public async Task A_database_that_does_not_exist(string verb) =>
        await AssertRefusedAsync(
            With(u => u.Database = "nowhere"),
            1,
            $"Database '{planning.Name.Replace(planning.Database, "nowhere", StringComparison.Ordinal)}' does not exist. Have "
                + "it created (createdb), then: planning migrate",
            verb
        );

    [Theory]
    [InlineData("runs")]
    [InlineData("explain", "V-00209")]
    [InlineData("export", "decisions")]
    public async Task A_database_that_is_empty(params string[] verb)
    {
        using var empty = new PlanningOnPostgres(migrated: false);
        var all = Directory
            .GetFiles(Path.Combine(Documentation.Root(), "db", "migrations", "postgres"))
            .Length;
        (await empty.RunAsync(verb)).Refused(
            1,
            $"Database '{empty.Name}' is of an older version: {all} of {all} migrations have not run, the first is "
                + "'V0001__facts.sql'. Upgrade it with: planning migrate"
        );
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("run", "nightly", "--as-of", "2021-03-31")]
    public async Task A_database_of_a_newer_program(params string[] verb)
    {
        planning.Execute("INSERT INTO schema_journal VALUES ('V9999__later.sql', '', now())");
        (await planning.RunAsync(verb)).Refused(
            1,
            $"Database '{planning.Name}' is from a newer version of this program: its migration 'V9999__later.sql' is not "
                + "known here. Use that version, or another database. Nothing was done."
        );
    }

    [Theory]
    [InlineData("Data Source=planning.db", "Couldn't set data source (Parameter 'data source')")]
    [InlineData("Host=h;Password=geheim-1234;Colour=blue", "Couldn't set colour (Parameter 'colour')")]
    [InlineData("Username=ana;Password=geheim-1234", "Value cannot be null. (Parameter 'Host')")]
    [InlineData(
        "x=geheim-1234;geheim-1234",
        "Format of the initialization string does not conform to specification starting at index 14."
    )]
    public async Task A_connection_string_that_is_none(string url, string why) =>
        await AssertRefusedAsync(url, 2, Expected + why, "runs");

    [Fact]
    public async Task A_provider_that_is_none()
    {
        planning.Planning.Environment["PLANNING__Database__Provider"] = "Oracle";
        await AssertRefusedAsync(
            planning.Url,
            2,
            "Setting 'Database:Provider' is 'Oracle'; it must be Sqlite or Postgres or SqlServer. Set it in "
                + "appsettings.json, as PLANNING__Database__Provider or with --provider.",
            "runs"
        );
    }

    [Theory]
    [InlineData("Sqlite", "Data Source=planning.db")]
    [InlineData("SqlServer", "Server=db;Database=planning;User ID=planning_run;Password=...")]
    public async Task A_connection_string_of_another_provider(string provider, string example)
    {
        planning.Planning.Environment["PLANNING__Database__Provider"] = provider;
        planning.Use(With(_ => { }));

        var refused = await planning.RunAsync("runs");

        Assert.StartsWith(
            $"Setting 'Database:ConnectionString' must be a connection string such as '{example}'. ",
            refused.Error,
            StringComparison.Ordinal
        );
        AssertIsOneLine(refused);
        Assert.Equal(2, refused.ExitCode);
    }

    [Fact]
    public async Task A_run_whose_connections_are_cut_again_and_again_goes_on()
    {
        (await planning.RunAsync("import", PlanningProcess.Samples)).Said();
        using var run = planning.Planning.Start(
            "run",
            "nightly",
            "--as-of",
            "2021-03-31",
            "--chunk-size",
            "1"
        );
        var error = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var cuts = 0L;
        var before = 0L;
        while (!run.HasExited)
        {
            // After each chunk or so.
            if (Committed() is var committed && committed > before && cuts < 6)
            {
                before = committed;
                cuts += planning.Scalar<long>(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                );
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(run.ExitCode == 0, await error);
        Assert.True(cuts > 0);
        Assert.Equal(39, Committed());
        Assert.DoesNotContain("   at ", await error, StringComparison.Ordinal);

        long Committed() =>
            planning.Scalar<long>(
                "SELECT coalesce(sum((counters::json ->> 'Customers')::bigint), 0) FROM run_partition"
            );
    }

    public void Dispose() => planning.Dispose();

    private string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(planning.Url);
        change(settings);
        return settings.ConnectionString;
    }

    private async Task AssertRefusedAsync(string url, int exitCode, string message, params string[] verb)
    {
        planning.Use(url);
        var refused = await planning.RunAsync(verb);
        refused.Refused(exitCode, message);
        AssertIsOneLine(refused);
    }

    private static void AssertIsOneLine(Ended refused)
    {
        Assert.DoesNotContain('\n', refused.Error.TrimEnd());
        Assert.DoesNotContain(Secret, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            new NpgsqlConnectionStringBuilder(PostgresServer.Url).Password!,
            refused.Error,
            StringComparison.Ordinal
        );
    }
}
