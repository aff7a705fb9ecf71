using System.Globalization;
using System.Text.Json;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary><c>planning status</c> in each state that the nightly work can be in.</summary>
public sealed class StatusTests : IDisposable
{
    // Due from the first second of the day on.
    private const string EveryDay = "0 0 0 * * ?";

    private readonly PlanningProcess planning = new();

    public StatusTests() => planning.Environment["PLANNING__Schedule__Nightly"] = EveryDay;

    private static string Today =>
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string File => planning.PathTo("planning.db");

    [Fact]
    public async Task Before_the_night_it_is_behind_and_after_it_fresh()
    {
        await planning.ImportSamplesAsync();
        Assert.EndsWith(
            $"What to do: Start the service, or: planning run nightly --as-of {Today}\n",
            await IsAsync("behind", exitCode: 1),
            StringComparison.Ordinal
        );

        await ANightAsync();
        var fresh = await IsAsync("fresh", exitCode: 0);
        Assert.Contains("import 1 of ", fresh, StringComparison.Ordinal);
        Assert.Contains($"run 1 'nightly' for {Today}: completed at ", fresh, StringComparison.Ordinal);
        Assert.EndsWith("What to do: Nothing.\n", fresh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_running_while_somebody_holds_it_and_died_when_nobody_does()
    {
        await planning.ImportSamplesAsync();
        await ANightAsync();
        await Sqlite.ExecuteAsync(
            File,
            $"""
            UPDATE run SET status = 'InProgress', finished_at = NULL;
            UPDATE run_attempt SET owner = '{WorkerId.Current}', ended = NULL, finished_at = NULL;
            UPDATE run_partition SET finished_at = NULL, owner = '{WorkerId.Current}', lease_until = '2999-01-01T00:00:00.000Z'
            """
        );
        Assert.Contains(
            $"at work       {WorkerId.Current}\n",
            await IsAsync("running", 0),
            StringComparison.Ordinal
        );

        await Sqlite.ExecuteAsync(
            File,
            "UPDATE run_attempt SET started_at = '2021-01-01T00:00:00.000Z'; UPDATE run_partition SET lease_until = '2021-01-01T00:01:00.000Z'"
        );
        Assert.EndsWith(
            "What to do: To go on: planning runs resume 1\n",
            await IsAsync("died", 1),
            StringComparison.Ordinal
        );

        await Sqlite.ExecuteAsync(File, "UPDATE run SET status = 'Failed', error = 'The disk is full.'");
        Assert.EndsWith(
            "What to do: The disk is full. To see it: planning runs show 1. To go on: planning runs resume 1\n",
            await IsAsync("failed", 1),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Customers_in_quarantine_are_told_with_exit_code_3()
    {
        await planning.ImportSamplesAsync();
        await Sqlite.ExecuteAsync(
            File,
            "UPDATE voucher SET engagement = 'abolished' WHERE voucher_id = 'V-00209'"
        );
        (await planning.RunAsync("run", "nightly", "--as-of", Today)).Said(exitCode: 3);

        Assert.Contains(
            "quarantine    1 customer\n",
            await IsAsync("quarantined", 3),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_ahead_of_today_is_told_with_the_command_that_takes_it_back()
    {
        await planning.ImportSamplesAsync();
        await ANightAsync();
        (await planning.RunAsync("run", "nightly", "--as-of", "2207-07-01", "--force")).Said();
        Assert.Contains(
            "To take it back: planning runs undo 2 --reason TEXT\n",
            await IsAsync("ahead of today", 1),
            StringComparison.Ordinal
        );

        Assert.Equal(
            $"Run 2 is undone: decisions, days and the status of vouchers are as they were before it. The latest completed run is run 1 'nightly' for {Today}.\n",
            (await planning.RunAsync("runs", "undo", "2", "--reason", "a typo", "--by", "Ana")).Said()
        );
        await IsAsync("fresh", 0);
        Assert.Contains(
            "  Undone on ",
            (await planning.RunAsync("runs", "show", "2")).Said(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "2207-07-01     undone",
            (await planning.RunAsync("runs")).Said(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_with_the_reason()
    {
        Assert.EndsWith(
            $"What to do: Database '{File}' does not exist. Create it with: planning migrate\n",
            await IsAsync("database away", 1),
            StringComparison.Ordinal
        );

        planning.Environment["PLANNING__Database__Provider"] = "Postgres";
        planning.Environment["PLANNING__Database__ConnectionString"] = "Host=127.0.0.1;Port=1;Database=none";
        Assert.Contains("does not answer", await IsAsync("database away", 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_monitor_reads_it_as_json()
    {
        await planning.ImportSamplesAsync();
        await ANightAsync();

        using var status = JsonDocument.Parse((await planning.RunAsync("status", "--format", "json")).Said());

        Assert.Equal("Fresh", status.RootElement.GetProperty("status").GetString());
        Assert.True(status.RootElement.GetProperty("is_well").GetBoolean());
        Assert.Equal(1, status.RootElement.GetProperty("facts").GetProperty("import_id").GetInt64());
    }

    [Fact]
    public async Task Runs_show_tells_what_changed_since_the_night_before()
    {
        await planning.ImportSamplesAsync();
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-06-30")).Said();
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-07-01")).Said();

        var show = (await planning.RunAsync("runs", "show", "2")).Said();
        Assert.Contains("  Since run 1 for 2021-06-30:\n", show, StringComparison.Ordinal);
        Assert.Matches("entitlement +agreement +Removed +0 +[1-9]", show);

        var runs = (await planning.RunAsync("runs", "--last", "1")).Said().TrimEnd().Split('\n');
        Assert.Equal(2, runs.Length);
        Assert.Matches("^  2  nightly  2021-07-01     completed +1 +39 +[1-9][0-9]* +0   0:0", runs[1]);
    }

    public void Dispose() => planning.Dispose();

    private async Task<string> IsAsync(string state, int exitCode)
    {
        var said = (await planning.RunAsync("status")).Said(exitCode);
        Assert.StartsWith($"Status: {state}\n", said, StringComparison.Ordinal);
        return said;
    }

    private async Task ANightAsync() => (await planning.RunAsync("run", "nightly", "--as-of", Today)).Said();
}
