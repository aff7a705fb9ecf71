namespace PlanningServices.Worker.Tests.Cli;

/// <summary>A process that was killed can say nothing, so those who look say it for it.</summary>
public sealed class DiedRunTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    private string File => planning.PathTo("planning.db");

    [Fact]
    public async Task After_a_kill_runs_says_died_and_the_command_that_resumes()
    {
        await KillARunAsync();

        var runs = (await planning.RunAsync("runs")).Said();
        Assert.Contains("2021-03-31     died", runs, StringComparison.Ordinal);
        Assert.EndsWith("Run 1 died. To go on: planning runs resume 1\n", runs, StringComparison.Ordinal);
        Assert.Equal(
            runs.Split('\n')[1],
            (await planning.RunAsync("runs", "--status", "died")).Said().Split('\n')[1]
        );
        Assert.Equal(
            "No run is completed.\n",
            (await planning.RunAsync("runs", "--status", "completed")).Said()
        );

        var show = (await planning.RunAsync("runs", "show", "1")).Said();
        Assert.StartsWith("Run 1 'nightly' for 2021-03-31: died\n", show, StringComparison.Ordinal);
        Assert.Contains(
            "  It did not come to its end: all figures are those of the customers decided so far.\n",
            show,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("at work\n", show, StringComparison.Ordinal);
        Assert.EndsWith("  To go on: planning runs resume 1\n", show, StringComparison.Ordinal);

        (await planning.RunAsync("runs", "resume", "1")).Said();
        Assert.DoesNotContain("died", (await planning.RunAsync("runs")).Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_on_another_machine_died_once_its_lease_has_run_out()
    {
        await KillARunAsync();
        await Sqlite.ExecuteAsync(
            File,
            "UPDATE run_attempt SET owner = 'elsewhere process 1'; UPDATE run_partition SET owner = 'elsewhere process 1' WHERE owner IS NOT NULL"
        );
        Assert.Contains("in progress", (await planning.RunAsync("runs")).Said(), StringComparison.Ordinal);
        Assert.Equal(5, (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31")).ExitCode);

        await Sqlite.ExecuteAsync(
            File,
            "UPDATE run_attempt SET started_at = '2021-04-01T02:00:00.000Z'; UPDATE run_partition SET lease_until = '2021-04-01T02:01:00.000Z' WHERE owner IS NOT NULL"
        );

        Assert.Contains(
            "Run 1 died. To go on: planning runs resume 1",
            (await planning.RunAsync("runs")).Said(),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => planning.Dispose();

    private async Task KillARunAsync()
    {
        (await planning.RunAsync("generate", "facts", "--customers", "300")).Said();
        (await planning.RunAsync("import", "facts")).Said();
        using var run = planning.Start("run", "nightly", "--as-of", "2021-03-31", "--chunk-size", "1");
        while (Sqlite.Scalar(File, "SELECT max(last_key) > '' FROM run_partition") != "1")
        {
            Assert.False(run.HasExited, "It ended by itself.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        run.Kill();
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
