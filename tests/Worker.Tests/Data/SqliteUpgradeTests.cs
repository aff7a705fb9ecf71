using Dapper;
using DbUp.Engine;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Sqlite;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Data;

/// <summary>A file from before runs had partitions, with runs in it: they become runs of one partition, and go on.</summary>
public sealed class SqliteUpgradeTests : IDisposable
{
    private static readonly DateOnly Next = World.Midway.AddDays(1);

    private readonly World now = World.OfSamples();

    [Theory]
    // While it walks through customers.
    [InlineData(2, nameof(RunStatus.Interrupted))]
    [InlineData(2, nameof(RunStatus.Failed))]
    [InlineData(2, nameof(RunStatus.InProgress))]
    // While it walks through payments.
    [InlineData(5, nameof(RunStatus.Interrupted))]
    [InlineData(5, nameof(RunStatus.Failed))]
    public async Task A_run_that_stopped_is_told_as_before_and_goes_on_where_it_was(int chunks, string status)
    {
        // What was of old decided nothing about partners.
        now.Temp.Execute("DELETE FROM partner_competency; DELETE FROM enrollment");
        await now.RunAsync(World.Midway);
        await now.RunUntilAsync(chunks, Next);
        using var before = new World(migrate: false);
        MakeOld(before, status);

        Assert.Equal(
            [
                "V0005__partitions.sql",
                "V0007__drop_folders.sql",
                "V0008__undo.sql",
                "V0009__quarantine.sql",
                "V0011__fact_versions.sql",
                "V0012__history_of_evaluated_on.sql",
                "V0013__evaluated_on.sql",
                "V0015__partners.sql",
                "V0016__reviews.sql",
                "V0017__policy_accounts.sql",
                "V0018__allocations.sql",
                "V0020__partner_reviews.sql",
                "V0021__allocations_made_here.sql",
                "V0023__exceptions.sql",
                "V0024__sign_off.sql",
                "V0026__users.sql",
                "V0027__console_log.sql",
                "V0028__api_keys.sql",
                "V0029__users_of_provider.sql",
                "V0030__listings_by_key.sql",
                "V0031__rejected_suggestions.sql",
            ],
            new Migrator(before.Database, before.Time).Apply()
        );

        foreach (var runId in new[] { 1L, 2L })
        {
            var (expected, actual) = (ReportOf(now, runId), ReportOf(before, runId));
            Assert.Equivalent(expected.Tally, actual.Tally, strict: true);
            Assert.Empty(expected.Totals.DifferencesFrom(actual.Totals));
        }

        Assert.Equal(
            [RunStatus.Completed, Enum.Parse<RunStatus>(status)],
            before.WithStore(s => s.Runs.List()).Reverse().Select(r => r.Status)
        );
        var (whole, resumed) = (
            await now.RunAsync(Next),
            await before.Runner().ResumeAsync(2, null, TestContext.Current.CancellationToken)
        );

        Assert.Equal((RunStatus.Completed, 2), (resumed.Status, resumed.Attempt));
        Assert.Empty(resumed.OutOfBalance);
        Assert.Equal((17, 0), (whole.Tally.Partners, resumed.Tally.Partners));
        whole.Tally.Partners = 0;
        Assert.Equivalent(whole.Tally, resumed.Tally, strict: true);
        Assert.Equal(now.Decisions(), before.Decisions());
        Assert.Equal(now.History(), before.History());
        Assert.Equal(now.Ledger(), before.Ledger());
        Assert.Equal(RunStatus.Completed, (await before.RunAsync(Next.AddDays(1))).Status);
    }

    public void Dispose() => now.Dispose();

    private static RunReport ReportOf(World world, long runId) =>
        world.WithStore(store => RunReports.Of(store, store.Runs.Find(runId)!));

    /// <summary>Brings what is in the database of today into one as it was before, the second run with the status.</summary>
    private void MakeOld(World old, string status)
    {
        new Migrator(old.Database, [.. Scripts()], old.Time).Apply();
        using var connection = old.Temp.Open();
        var driver = connection.Driver;
        driver.Execute("PRAGMA foreign_keys = OFF");
        driver.Execute("ATTACH @file AS today", new { file = now.Temp.File });
        foreach (
            var table in driver
                .Query<string>(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                )
                .Except([
                    "run",
                    "run_attempt",
                    "quarantine",
                    "schema_journal",
                    "rule_set",
                    "subject_type",
                    "change_kind",
                ])
                .ToList()
        )
        {
            // Later versions may have added columns.
            var columns = string.Join(
                ", ",
                driver.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table })
            );
            driver.Execute($"INSERT INTO {table} ({columns}) SELECT {columns} FROM today.{table}");
        }

        MakeOldRuns(driver, status);
        driver.Execute(
            "UPDATE decision SET details = 'evaluated_on=2020-06-30' WHERE rule_set = 4 AND details = ''"
        );
    }

    private void MakeOldRuns(System.Data.Common.DbConnection driver, string status)
    {
        foreach (var runId in new[] { 1L, 2L })
        {
            var partitions = now.WithStore(s => s.Partitions.Of(runId));
            var open = partitions.FirstOrDefault(p => p.FinishedAt is null);
            var sums = RunState.Of(partitions).ToCheckpoint();
            driver.Execute(
                """
                INSERT INTO run (run_id, job, business_date, status, pack_id, attempt, phase, last_key, counters, totals,
                                 error, started_at, finished_at)
                SELECT run_id, job, business_date, @status, pack_id, attempt, @phase, @lastKey, @counters, @totals,
                       error, started_at, finished_at
                FROM today.run WHERE run_id = @runId
                """,
                new
                {
                    runId,
                    status = open is null ? nameof(RunStatus.Completed) : status,
                    phase = (open?.Phase ?? RunPhase.Closing).ToString(),
                    lastKey = open?.Checkpoint.LastKey ?? "",
                    counters = sums.Counters,
                    totals = sums.Totals,
                }
            );
        }

        driver.Execute(
            """
            INSERT INTO run_attempt (run_id, attempt, owner, lease_until, started_at, finished_at, ended, error)
            SELECT run_id, attempt, owner, started_at, started_at, finished_at, ended, error FROM today.run_attempt
            """
        );
    }

    private static IEnumerable<SqlScript> Scripts()
    {
        const string prefix = "migrations/sqlite/";
        var assembly = typeof(SqliteDatabase).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Take(4)
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(name[prefix.Length..], reader.ReadToEnd());
        }
    }
}
