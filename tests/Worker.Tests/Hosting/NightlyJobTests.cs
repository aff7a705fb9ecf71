using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Tests.Hosting;

public sealed class NightlyJobTests : IDisposable
{
    private readonly World world = World.OfSamples();
    private readonly ImportOptions imports = new();
    private readonly FakeLogger<NightlyJob> log = new();

    [Fact]
    public async Task It_runs_today_and_then_each_night()
    {
        // It is 2021-04-01, 02:00.
        await RunDueAsync();
        Assert.Equal("", Ran());

        world.Time.Advance(TimeSpan.FromMinutes(30));
        await RunDueAsync();
        Assert.Equal("2021-04-01", Ran());

        await RunDueAsync();
        Assert.Equal("2021-04-01", Ran());

        world.Time.Advance(TimeSpan.FromDays(1));
        await RunDueAsync();
        Assert.Equal("2021-04-01 2021-04-02", Ran());
    }

    [Fact]
    public async Task After_a_pause_it_runs_the_missed_dates_in_order()
    {
        await world.RunAsync(new(2021, 3, 29));
        world.Time.Advance(TimeSpan.FromHours(1));

        await RunDueAsync();

        Assert.Equal("2021-03-29 2021-03-30 2021-03-31 2021-04-01", Ran());
    }

    [Fact]
    public async Task A_date_that_was_interrupted_comes_first()
    {
        await world.RunAsync(new(2021, 3, 29));
        await world.RunUntilAsync(chunks: 1, new(2021, 3, 30));

        await RunDueAsync();

        Assert.Equal("2021-03-29 2021-03-30 2021-03-31", Ran());
    }

    [Fact]
    public async Task A_failed_run_fails_the_job_and_the_dates_after_it_wait()
    {
        await world.RunAsync(new(2021, 3, 29));
        world.Temp.Execute(
            "CREATE TRIGGER t AFTER INSERT ON days_ledger BEGIN DELETE FROM days_ledger WHERE run_id = new.run_id; END"
        );
        world.Temp.Execute(
            "UPDATE voucher SET redeemed_on = NULL, cancelled_on = NULL, assigned_on = NULL, created_on = '2020-09-30'"
        );

        var error = await Assert.ThrowsAsync<PlanningException>(RunDueAsync);
        Assert.Equal(ExitCode.OutOfBalance, error.ExitCode);

        Assert.Equal("2021-03-29", Ran());
        Assert.Equal(
            RunStatus.Failed,
            world.WithStore(s => s.Runs.Find("nightly", new(2021, 3, 30)))!.Status
        );
        Assert.Null(world.WithStore(s => s.Runs.Find("nightly", new(2021, 3, 31))));
    }

    [Fact]
    public async Task A_night_says_how_old_its_facts_are()
    {
        world.Time.Advance(TimeSpan.FromMinutes(90));

        await RunDueAsync();

        Assert.Equal(
            $"The night of 2021-04-01 runs on facts that are 1.5 hours old (import 1 of '{Samples}', 2021-04-01T02:00:00.000Z)",
            Said()[^2]
        );
        // Then it says what comes next.
        Assert.Equal("Nothing is due, next at 2021-04-02T02:30:00+00:00", Said()[^1]);
    }

    [Fact]
    public async Task A_night_that_requires_facts_waits_for_them_and_then_runs_on_those_there_are()
    {
        imports.RequiredBy = "04:00";
        // The facts of the samples came at 02:00, for the first night.
        world.Time.Advance(TimeSpan.FromMinutes(30));
        await RunDueAsync();
        world.Time.Advance(TimeSpan.FromDays(1));

        await RunDueAsync();
        Assert.Equal("2021-04-01", Ran());
        Assert.Equal(
            "The night of 2021-04-02 waits until 2021-04-02T04:00:00.000Z for facts: nothing was imported since the night before it was due",
            Said()[^1]
        );

        world.Time.Advance(TimeSpan.FromMinutes(90));
        await RunDueAsync();
        Assert.Equal("2021-04-01 2021-04-02", Ran());
        Assert.Equal(
            $"Nothing was imported for the night of 2021-04-02 by 04:00; it runs on facts that are 26.0 hours old (import 1 of '{Samples}', 2021-04-01T02:00:00.000Z)",
            Said()[^2]
        );
    }

    [Fact]
    public async Task A_night_runs_as_soon_as_the_facts_it_waits_for_are_there_and_imports_them_first()
    {
        imports.RequiredBy = "04:00";
        imports.Folder = Path.Combine(world.Temp.Folder, "inbox");
        world.Time.Advance(TimeSpan.FromMinutes(30));
        await RunDueAsync();
        world.Time.Advance(TimeSpan.FromDays(1));
        await RunDueAsync();
        Assert.Equal("2021-04-01", Ran());

        var late = Directory.CreateDirectory(Path.Combine(imports.Folder, "late"));
        await File.WriteAllTextAsync(
            Path.Combine(late.FullName, "agreements.csv"),
            "agreement_id,customer_id,ends_on\nLATE,CLATE,\n",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(late.FullName, "_READY"),
            "",
            TestContext.Current.CancellationToken
        );
        await RunDueAsync();

        Assert.Equal("2021-04-01 2021-04-02", Ran());
        Assert.Contains(world.Decisions(), d => d.SubjectId == "LATE");
    }

    public void Dispose() => world.Dispose();

    private static string Samples => Path.Combine(AppContext.BaseDirectory, "samples", "facts");

    private Task RunDueAsync() => Job().RunDueAsync(scheduler: null, TestContext.Current.CancellationToken);

    /// <summary>What it said, in order.</summary>
    private string[] Said() => [.. log.Collector.GetSnapshot().Select(r => r.Message)];

    private string Ran() =>
        string.Join(
            ' ',
            world
                .WithStore(s => s.Runs.List())
                .Where(r => r.Status == RunStatus.Completed)
                .Reverse()
                .Select(r => r.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        );

    private NightlyJob Job()
    {
        var runner = world.Runner();
        return new(
            world.Database,
            runner,
            new(runner, world.Time, NullLogger<PartitionJobs>.Instance),
            new(
                world.Database,
                new(Options.Create(world.Policies)),
                Options.Create(imports),
                new RunMetrics(),
                world.Time,
                NullLogger<DropFolders>.Instance
            ),
            new(world.Time, Options.Create(new ProgramOptions())),
            Options.Create(new ScheduleOptions()),
            Options.Create(imports),
            log
        );
    }
}
