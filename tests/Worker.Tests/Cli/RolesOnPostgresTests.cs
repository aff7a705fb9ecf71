using System.Text.RegularExpressions;
using Npgsql;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>
/// The roles of db/roles/postgres.sql on a real server, with the real program: one migrates, the other does the nightly
/// work, and can neither change the shape of the tables nor rewrite history.
/// </summary>
public sealed class RolesOnPostgresTests : IDisposable
{
    private const string Migrate = "planning_migrate";
    private const string Run = "planning_run";
    private const string Password = "on-loopback-only";

    private readonly PlanningOnPostgres planning = new(migrated: false);

    [Fact]
    public async Task The_migrating_role_makes_the_tables_and_the_running_role_does_everything_else()
    {
        ApplyRoles();
        As(Run);
        (await planning.RunAsync("migrate")).Refused(1, NotAllowedTo("permission denied for schema public"));

        As(Migrate);
        Assert.Contains(
            "migrations applied",
            (await planning.RunAsync("migrate")).Said(),
            StringComparison.Ordinal
        );
        ApplyRoles();
        As(Run);
        Assert.Contains(
            "is up to date",
            (await planning.RunAsync("migrate")).Said(),
            StringComparison.Ordinal
        );
        (await planning.RunAsync("import", PlanningProcess.Samples)).Said();
        (await planning.RunAsync("import", PlanningProcess.Samples)).Said();
        (await planning.RunAsync("run", "nightly", "--as-of", "2020-06-30")).Said();
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31")).Said();
        (await planning.RunAsync("explain", "V-00209")).Said();
        await TypeAsync("finance exceptions assign PR-00195 --by Ana");
        await TypeAsync("finance sign-off prepare --as-of 2021-03-31 --by Ana");
        await TypeAsync("finance sign-off approve 2021-03-31 --by Ben");
        await TypeAsync("finance allocate PM-00141 PR-00195 4350 --by Ana --reason x");
        Assert.True((await planning.RunAsync("export", "history")).Said().Length > 1000);
        planning.Planning.CopyPack("draft");
        await TypeAsync("policy publish draft --by Ana");
        await TypeAsync($"policy activate {World.Pack.Hash} --from 2021-04-01 --by Ana");

        AssertIsOnlyAddedTo();

        // A later version brings a migration that the running role may not run.
        planning.Execute(
            "DELETE FROM schema_journal WHERE script = (SELECT max(script) FROM schema_journal)"
        );
        var refused = await planning.RunAsync("migrate");
        Assert.Matches(
            "^Migration 'V[0-9_a-z]+[.]sql' failed and was rolled back; migrations before it stay. Database '"
                + Regex.Escape(planning.Name)
                + "' does not allow that to this user: (must be owner of|permission denied for) (table [a-z_]+|schema public). Migrations need the migrating "
                + "role, everything else the running role, which db/roles/postgres.sql gives its rights after each "
                + "migration.$",
            refused.Error.TrimEnd()
        );
        Assert.Equal(1, refused.ExitCode);
    }

    [Fact]
    public async Task A_database_that_somebody_else_migrated_changes_hands()
    {
        (await planning.RunAsync("migrate")).Said();
        ApplyRoles();
        ApplyRoles();

        As(Migrate);
        Assert.Contains(
            "is up to date",
            (await planning.RunAsync("migrate")).Said(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            0,
            planning.Scalar<long>(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'planning_migrate'"
            )
        );
        As(Run);
        (await planning.RunAsync("import", PlanningProcess.Samples)).Said();
        (await planning.RunAsync("run", "nightly", "--as-of", "2020-06-30")).Said();
        AssertIsOnlyAddedTo();
    }

    [Fact]
    public async Task A_user_without_any_rights_is_told_so()
    {
        (await planning.RunAsync("migrate")).Said();
        ApplyRoles();
        var nobody = $"planning_nobody_{planning.Database}";
        planning.Execute($"CREATE ROLE {nobody} LOGIN PASSWORD '{Password}'");
        try
        {
            planning.Use(PostgresServer.UrlOf(planning.Database, nobody, Password));
            (await planning.RunAsync("runs")).Refused(
                1,
                $"Database '{planning.Name}' does not allow that to this user: permission denied for table schema_journal. "
                    + "Migrations need the migrating role, everything else the running role, which "
                    + "db/roles/postgres.sql gives its rights after each migration."
            );
        }
        finally
        {
            planning.Execute($"DROP ROLE {nobody}");
        }
    }

    public void Dispose() => planning.Dispose();

    private string NotAllowedTo(string what) =>
        $"Migration 'V0001__facts.sql' failed and was rolled back; migrations before it stay. Database '{planning.Name}' "
        + $"does not allow that to this user: {what}. Migrations need the migrating role, everything else the running "
        + "role, which db/roles/postgres.sql gives its rights after each migration.";

    private async Task TypeAsync(string command) => (await planning.RunAsync(command.Split(' '))).Said();

    private void AssertIsOnlyAddedTo()
    {
        using var connection = new NpgsqlConnection(PostgresServer.UrlOf(planning.Database, Run, Password));
        connection.Open();
        foreach (
            var statement in new[]
            {
                "CREATE TABLE mine (id integer)",
                "DROP TABLE payment",
                "ALTER TABLE payment ADD COLUMN mine integer",
                "UPDATE decision_history SET outcome = 'x'",
                "DELETE FROM decision_history",
                "TRUNCATE decision_history",
                "UPDATE days_ledger SET days = days + 1",
                "DELETE FROM days_ledger",
                "UPDATE policy_log SET by_name = 'Eve'",
                "DELETE FROM policy_log",
                "TRUNCATE policy_log",
                "UPDATE exception_action SET by_name = 'Eve'",
                "DELETE FROM exception_action",
                "TRUNCATE exception_action",
                "UPDATE sign_off SET by_name = 'Eve'",
                "DELETE FROM sign_off_part",
                "TRUNCATE sign_off_step",
                "UPDATE allocation_entry SET by_name = 'Eve'",
                "DELETE FROM allocation_entry",
                "TRUNCATE allocation_entry",
                "UPDATE suggestion_rejection SET by_name = 'Eve'",
                "DELETE FROM suggestion_rejection",
                "TRUNCATE suggestion_rejection",
                "DELETE FROM voucher",
                "DELETE FROM payment",
                "DELETE FROM agreement",
                "DELETE FROM run",
                "UPDATE policy_pack SET name = 'x'",
                "DELETE FROM policy_pack",
                "UPDATE policy_pack_file SET text = 'x'",
                "INSERT INTO schema_journal VALUES ('V9999__mine.sql', '', now())",
                "DELETE FROM schema_journal",
                "ALTER TABLE policy_log DISABLE TRIGGER ALL",
            }
        )
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            var refused = Record.Exception(() => command.ExecuteNonQuery());
            Assert.True(
                refused is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege },
                $"{statement}: {refused?.Message ?? "was done"}"
            );
        }
    }

    private void As(string role) => planning.Use(PostgresServer.UrlOf(planning.Database, role, Password));

    // Roles are those of the server: other tests of it use the same.
    private void ApplyRoles() =>
        planning.Execute(
            $"""
            SELECT pg_advisory_xact_lock(7503240);
            {File.ReadAllText(Path.Combine(Documentation.Root(), "db", "roles", "postgres.sql"))}
            ALTER ROLE {Migrate} PASSWORD '{Password}';
            ALTER ROLE {Run} PASSWORD '{Password}';
            """
        );
}
