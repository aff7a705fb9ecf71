using System.Diagnostics;

namespace PlanningServices.Campaigns.Tests;

/// <summary>The real program, killed again and again without warning.</summary>
public sealed class KillTests : IDisposable
{
    private const int Customers = 2000;
    private const int KillsWanted = 25;

    private static readonly string[] Nights = ["2020-12-31", "2021-07-01"];

    private readonly PlanningProcess whole = new();
    private readonly PlanningProcess killed = new();

    [Fact(Explicit = true)]
    public async Task A_run_of_20_000_vouchers_killed_at_25_random_moments_ends_as_if_nothing_had_happened()
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
        foreach (var night in Nights)
        {
            (await whole.RunAsync(Run(night))).Said();
        }

        var kills = 0;
        foreach (var night in Nights)
        {
            for (var i = 0; i < (KillsWanted + 1) / Nights.Length; i++)
            {
                kills += await KillAsync(night, random) ? 1 : 0;
            }

            (await killed.RunAsync(Run(night))).Said();
        }

        Assert.True(kills >= KillsWanted, $"only {kills} kills hit a run at work (seed {seed})");
        foreach (var what in new[] { "decisions", "history", "ledger" })
        {
            var expected = (await whole.RunAsync("export", what)).Said();
            var actual = (await killed.RunAsync("export", what)).Said();
            Assert.True(expected.Length > 1000 && expected == actual, $"{what} differ (seed {seed})");
        }
    }

    public void Dispose()
    {
        whole.Dispose();
        killed.Dispose();
    }

    // With an audit of everyone who is not due, so that there are many commits to kill at.
    private static string[] Run(string night) =>
        ["run", "nightly", "--as-of", night, "--chunk-size", "10", "--audit-share", "1"];

    private async Task PrepareAsync()
    {
        (await whole.RunAsync("generate", "facts", "--customers", $"{Customers}", "--seed", "7")).Said();
        (await whole.RunAsync("import", "facts")).Said();
        File.Copy(whole.PathTo("planning.db"), killed.PathTo("planning.db"));
    }

    /// <summary>
    /// Starts the run and kills it some commits later, at any point of the next one; says whether it was still at
    /// work. Counting commits instead of seconds spreads the kills over the run, however fast the machine is.
    /// </summary>
    private async Task<bool> KillAsync(string night, Random random)
    {
        var database = killed.PathTo("planning.db");
        var commits = random.Next(0, 10);
        var delay = random.NextDouble() * (commits == 0 ? 400 : 15);
        var before = Key();
        using var run = killed.Start(Run(night));
        while (commits > 0 && !run.HasExited)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
            if (Key() is var now && now != before)
            {
                before = now;
                commits--;
            }
        }

        var moment = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(moment).TotalMilliseconds < delay)
        {
            Thread.SpinWait(100);
        }

        run.Kill();
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return run.ExitCode == 137;

        string Key() =>
            Sqlite.Scalar(
                database,
                "SELECT group_concat(last_key) FROM run_partition GROUP BY run_id ORDER BY run_id DESC LIMIT 1"
            );
    }
}
