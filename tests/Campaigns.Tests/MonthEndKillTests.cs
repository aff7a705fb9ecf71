using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;

namespace PlanningServices.Campaigns.Tests;

/// <summary>The real program, killed without warning while figures are signed off: it is all there, or nothing.</summary>
public abstract class MonthEndKillTests : IAsyncLifetime
{
    private const int Kills = 5;
    private const string Date = "2021-03-31";

    private static readonly string[] Prepare =
    [
        "finance",
        "sign-off",
        "prepare",
        "--as-of",
        Date,
        "--by",
        "Ana",
    ];
    private static readonly string[] Approve = ["finance", "sign-off", "approve", Date, "--by", "Ben"];

    // What a moment hits depends on the machine, so a seed would repeat nothing.
    private protected Random Random { get; } = new(Environment.TickCount);

    private protected abstract PlanningProcess Planning { get; }

    public virtual async ValueTask InitializeAsync()
    {
        (await Planning.RunAsync("migrate")).Said();
        (await Planning.RunAsync("import", PlanningProcess.Samples)).Said();
        (await Planning.RunAsync("run", "nightly", "--as-of", Date)).Said();
    }

    public abstract ValueTask DisposeAsync();

    [Fact(Explicit = true)]
    public async Task A_sign_off_that_is_killed_is_there_or_not_and_can_be_done_again()
    {
        var clock = Stopwatch.StartNew();
        var hash = (await Planning.RunApartAsync(Prepare, Cancellation)).Said().Split('\n')[0][^64..];
        var duration = clock.Elapsed;
        await ReopenAsync();

        var kills = 0;
        for (var i = 0; i < Kills; i++)
        {
            var (signOffs, parts, steps) = Counts();
            kills += await KillAsync(Prepare, SomeMomentAsync) ? 1 : 0;
            if (Counts() != (signOffs, parts, steps))
            {
                Assert.Equal((signOffs + 1, parts + 4, steps), Counts());
                await ReopenAsync();
            }
        }

        await KillInTransactionAsync(Prepare, "sign_off_part", duration);
        Assert.Contains(hash, (await Planning.RunAsync(Prepare)).Said(), StringComparison.Ordinal);

        for (var i = 0; i < Kills; i++)
        {
            var (signOffs, parts, steps) = Counts();
            kills += await KillAsync(Approve, SomeMomentAsync) ? 1 : 0;
            if (Counts() != (signOffs, parts, steps))
            {
                Assert.Equal((signOffs, parts, steps + 1), Counts());
                await ReopenAsync();
                (await Planning.RunAsync(Prepare)).Said();
            }
        }

        await KillInTransactionAsync(Approve, "sign_off_step", duration);
        Assert.Contains(hash, (await Planning.RunAsync(Approve)).Said(), StringComparison.Ordinal);
        Assert.Contains(
            hash,
            (await Planning.RunAsync("finance", "verify", Date)).Said(),
            StringComparison.Ordinal
        );
        Assert.True(kills >= Kills, $"only {kills} kills hit a process at work");

        Task SomeMomentAsync() => Task.Delay(duration * Random.NextDouble(), Cancellation);
    }

    /// <summary>The first column of the first row, as text.</summary>
    private protected abstract string Query(string sql);

    /// <summary>Has whoever adds a row to a table wait, until it is released.</summary>
    private protected abstract Task HoldAsync(string table);

    /// <summary>Waits until somebody waits.</summary>
    /// <param name="duration">How long the whole takes where nobody waits.</param>
    private protected abstract Task ReachAsync(TimeSpan duration);

    private protected abstract Task ReleaseAsync();

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts it, and kills it at a moment; says whether it was still at work.</summary>
    private protected async Task<bool> KillAsync(string[] args, Func<Task> moment)
    {
        using var process = Planning.Start(args);
        await moment();
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
        return process.ExitCode == 137;
    }

    /// <summary>Kills it while its transaction is open, before it adds a row to the table.</summary>
    private async Task KillInTransactionAsync(string[] args, string table, TimeSpan duration)
    {
        var before = Counts();
        await HoldAsync(table);
        Assert.True(await KillAsync(args, () => ReachAsync(duration)), "it did not wait");
        await ReleaseAsync();
        Assert.Equal(before, Counts());
    }

    private async Task ReopenAsync() =>
        (
            await Planning.RunAsync(
                "finance",
                "sign-off",
                "reopen",
                Date,
                "--by",
                "Cleo",
                "--reason",
                "again"
            )
        ).Said();

    private (int SignOffs, int Parts, int Steps) Counts()
    {
        var counts = Query(
                "SELECT (SELECT count(*) FROM sign_off) || ' ' || (SELECT count(*) FROM sign_off_part) || ' ' || (SELECT count(*) FROM sign_off_step)"
            )
            .Split(' ');
        return (Number(counts[0]), Number(counts[1]), Number(counts[2]));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

public sealed class MonthEndKillOnSqliteTests : MonthEndKillTests
{
    private readonly PlanningProcess planning = new();

    private protected override PlanningProcess Planning => planning;

    [Fact(Explicit = true)]
    public async Task A_workbook_that_is_killed_leaves_what_was_there_or_all_of_it()
    {
        var (whole, killed) = (planning.PathTo("whole.xlsx"), planning.PathTo("killed.xlsx"));
        var clock = Stopwatch.StartNew();
        using (var process = planning.Start("finance", "workbook", "--output", whole))
        {
            await BeginAsync();
            clock.Restart();
            await process.WaitForExitAsync(Cancellation);
        }

        var duration = clock.Elapsed;
        var expected = await File.ReadAllBytesAsync(whole, Cancellation);
        byte[] before = [1, 2, 3];
        var kills = 0;
        for (var i = 0; i < 8; i++)
        {
            await File.WriteAllBytesAsync(killed, before, Cancellation);
            kills += await KillAsync(["finance", "workbook", "--output", killed, "--force"], SomeMomentAsync)
                ? 1
                : 0;
            var bytes = await File.ReadAllBytesAsync(killed, Cancellation);
            Assert.True(bytes.SequenceEqual(before) || bytes.SequenceEqual(expected), "half a workbook");
            foreach (var part in Parts())
            {
                File.Delete(part);
            }
        }

        Assert.True(kills >= 4, $"only {kills} kills hit a process at work");
        (await planning.RunAsync("finance", "workbook", "--output", killed, "--force")).Said();
        Assert.Equal(expected, await File.ReadAllBytesAsync(killed, Cancellation));

        async Task SomeMomentAsync()
        {
            await BeginAsync();
            await Task.Delay(duration * Random.NextDouble(), Cancellation);
        }

        async Task BeginAsync()
        {
            while (Parts().Length == 0)
            {
                await Task.Delay(1, Cancellation);
            }
        }

        string[] Parts() => Directory.GetFiles(planning.Folder, "*.part");
    }

    public override ValueTask DisposeAsync()
    {
        planning.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override string Query(string sql) => Sqlite.Scalar(planning.PathTo("planning.db"), sql);

    // A query without an end.
    private protected override Task HoldAsync(string table) =>
        ExecuteAsync(
            $"CREATE TRIGGER hold BEFORE INSERT ON {table} BEGIN SELECT max(i) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n); END"
        );

    // A process that computes gives no sign.
    private protected override Task ReachAsync(TimeSpan duration) => Task.Delay(3 * duration, Cancellation);

    private protected override Task ReleaseAsync() => ExecuteAsync("DROP TRIGGER hold");

    private Task ExecuteAsync(string sql) => Sqlite.ExecuteAsync(planning.PathTo("planning.db"), sql);
}

public sealed class MonthEndKillOnPostgresTests : MonthEndKillTests
{
    private readonly PlanningOnPostgres postgres = new();
    private NpgsqlConnection? holder;

    private protected override PlanningProcess Planning => postgres.Planning;

    public override ValueTask DisposeAsync()
    {
        postgres.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override string Query(string sql) => postgres.Scalar<string>(sql)!;

    private protected override async Task HoldAsync(string table)
    {
        holder = new(postgres.Url);
        await holder.OpenAsync(Cancellation);
        await holder.ExecuteAsync($"BEGIN; LOCK TABLE {table} IN SHARE MODE");
    }

    private protected override async Task ReachAsync(TimeSpan duration)
    {
        while (postgres.Scalar<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
        {
            await Task.Delay(10, Cancellation);
        }
    }

    private protected override async Task ReleaseAsync() => await holder!.DisposeAsync();
}
