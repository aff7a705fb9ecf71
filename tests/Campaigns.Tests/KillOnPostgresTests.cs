using System.Diagnostics;

namespace PlanningServices.Campaigns.Tests;

/// <summary>The real program, three processes of it on one PostgreSQL, killed and frozen without warning.</summary>
public sealed class KillOnPostgresTests : IDisposable
{
    private const int Customers = 400;
    private const int Processes = 3;
    private const int KillsWanted = 5;
    private const int LeaseSeconds = 5;

    private static readonly string[] Nights = ["2020-12-31", "2021-07-01"];

    private readonly PlanningProcess quiet = new();
    private readonly PlanningOnPostgres stormy = new();

    [Fact(Explicit = true)]
    public async Task Runs_whose_processes_are_killed_and_frozen_past_their_lease_end_as_if_nothing_had_happened()
    {
        var seed = int.TryParse(
            Environment.GetEnvironmentVariable("PLANNING_TEST_SEED"),
            System.Globalization.CultureInfo.InvariantCulture,
            out var given
        )
            ? given
            : Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"To repeat: PLANNING_TEST_SEED={seed}");
        var random = new Random(seed);
        await PrepareAsync();

        await KillAsync(Nights[0], random);
        await FreezeAsync(Nights[1], random);

        foreach (var night in Nights)
        {
            (await quiet.RunAsync("run", "nightly", "--as-of", night)).Said();
        }

        foreach (var what in new[] { "decisions", "history", "ledger" })
        {
            var expected = (await quiet.RunAsync("export", what)).Said();
            var actual = (await stormy.RunAsync("export", what)).Said();
            Assert.True(expected.Length > 1000 && expected == actual, $"{what} differ (seed {seed})");
        }
    }

    public void Dispose()
    {
        quiet.Dispose();
        stormy.Dispose();
    }

    private async Task PrepareAsync()
    {
        (await quiet.RunAsync("generate", "facts", "--customers", $"{Customers}", "--seed", "7")).Said();
        (await quiet.RunAsync("import", "facts")).Said();
        (await stormy.RunAsync("import", quiet.PathTo("facts"))).Said();
    }

    /// <summary>Kills one after another of three processes at work, each some commits later, and starts it anew.</summary>
    private async Task KillAsync(string night, Random random)
    {
        var processes = Enumerable.Range(0, Processes).Select(_ => Start(night)).ToList();
        var kills = 0;
        while (kills < KillsWanted && !IsOver(night))
        {
            var before = Committed(night);
            var customers = random.Next(1, 40);
            await UntilAsync(() => Committed(night) - before >= customers || IsOver(night));
            var at = random.Next(Processes);
            kills += processes[at].HasExited ? 0 : 1;
            processes[at].Kill();
            await processes[at].WaitForExitAsync(TestContext.Current.CancellationToken);
            processes[at].Dispose();
            processes[at] = Start(night);
        }

        Assert.True(kills >= KillsWanted, $"only {kills} kills hit a run at work");
        await EndAsync(processes);
    }

    /// <summary>
    /// Freezes a process in the middle of its work until the others have taken over what it held, and wakes it up: what it
    /// has at hand is not written.
    /// </summary>
    private async Task FreezeAsync(string night, Random random)
    {
        var frozen = Start(night);
        var customers = random.Next(4, 100);
        await UntilAsync(() => Committed(night) >= customers);
        Signal(frozen, "STOP");
        var held = Held();
        var others = Enumerable.Range(1, Processes - 1).Select(_ => Start(night)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(LeaseSeconds + 1), TestContext.Current.CancellationToken);
        await UntilAsync(() => Held() != held || IsOver(night));
        Signal(frozen, "CONT");

        await EndAsync([frozen, .. others]);
    }

    /// <summary>All of them end well: those that lost something to another, too.</summary>
    private static async Task EndAsync(List<Process> processes)
    {
        foreach (var process in processes)
        {
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {error}");
            process.Dispose();
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), "nothing moves");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private Process Start(string night) =>
        stormy.Planning.Start(
            "run",
            "nightly",
            "--as-of",
            night,
            "--chunk-size",
            "4",
            "--parallelism",
            "2",
            "--lease-seconds",
            $"{LeaseSeconds}"
        );

    private bool IsOver(string night) =>
        stormy.Ask<long>(
            $"SELECT count(*) FROM run WHERE business_date = '{night}' AND status LIKE 'Completed%'"
        ) > 0;

    /// <summary>Customers that are committed, of the night.</summary>
    private long Committed(string night) =>
        stormy.Ask<long>(
            $"SELECT coalesce(sum((counters::json ->> 'Customers')::bigint), 0) FROM run_partition JOIN run USING (run_id) WHERE business_date = '{night}'"
        );

    /// <summary>Who holds what, under which fence.</summary>
    private string Held() =>
        stormy.Ask<string>(
            "SELECT coalesce(string_agg(concat(partition_no, ' ', owner, ' ', fence), ', ' ORDER BY partition_no), '') FROM run_partition WHERE run_id = (SELECT max(run_id) FROM run) AND owner IS NOT NULL AND finished_at IS NULL"
        )!;

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
