using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Tests.Hosting;

public sealed class RunMonitorTests : IDisposable
{
    private readonly World world = World.OfSamples();
    private readonly RunMetrics metrics;
    private readonly MetricCollector<int> lag;
    private readonly MetricCollector<int> databaseUp;
    private readonly MetricCollector<double> factsAge;
    private readonly RunMonitor watch;

    public RunMonitorTests()
    {
        metrics = new();
        lag = new(metrics.Meter, "planning.lag");
        databaseUp = new(metrics.Meter, "planning.database.up");
        factsAge = new(metrics.Meter, "planning.facts.age");
        watch = new(
            world.Database,
            new(world.Time, Options.Create(new ProgramOptions())),
            metrics,
            world.Time
        );
    }

    [Fact]
    public void Before_the_first_completed_run_there_is_no_lag_to_tell()
    {
        watch.Poll();

        Assert.Null(lag.LastMeasurement);
        Assert.Equal(1, databaseUp.LastMeasurement?.Value);
    }

    [Fact]
    public async Task The_lag_is_the_business_dates_since_the_last_completed_nightly_run()
    {
        // It is 2021-04-01, 02:00.
        await world.RunAsync(new(2021, 3, 31));
        Assert.Equal(1, Lag());

        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, Lag());

        await world.RunAsync(new(2021, 4, 1));
        Assert.Equal(1, Lag());

        await world.RunAsync(new(2021, 4, 2));
        Assert.Equal(0, Lag());
    }

    [Fact]
    public async Task Runs_of_one_rule_set_and_runs_that_stopped_leave_the_lag_as_it_is()
    {
        await world.RunAsync(new(2021, 3, 30));
        await world.RunAsync(new(2021, 3, 31), Job.Named("expiry"));
        await world.RunUntilAsync(chunks: 1, new(2021, 3, 31));

        Assert.Equal(2, Lag());
    }

    [Fact]
    public async Task A_run_for_a_day_to_come_is_a_lag_below_0_whatever_its_job()
    {
        await world.RunAsync(new(2021, 4, 1));
        Assert.Equal(0, Lag());

        await world.RunAsync(new(2021, 5, 1), Job.Named("expiry"));

        Assert.Equal(-30, Lag());
    }

    [Fact]
    public async Task While_the_database_is_away_the_days_go_on_to_count()
    {
        await world.RunAsync(new(2021, 4, 1));
        Assert.Equal(0, Lag());
        File.Move(world.Database.Name, world.Database.Name + ".away");

        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, Lag());
        Assert.Equal(0, databaseUp.LastMeasurement?.Value);

        File.Move(world.Database.Name + ".away", world.Database.Name);
        Assert.Equal(1, Lag());
        Assert.Equal(1, databaseUp.LastMeasurement?.Value);
    }

    [Fact]
    public void The_age_of_the_facts_is_the_time_since_the_latest_import_was_completed()
    {
        world.Time.Advance(TimeSpan.FromHours(30));
        watch.Poll();
        Assert.Equal(30 * 3600, factsAge.LastMeasurement?.Value);

        // One that is refused or still at work brings no facts.
        world.Temp.Execute(
            "INSERT INTO import_run (folder, strict, status, started_at) VALUES ('f', 0, 'InProgress', '2021-04-02T08:00:00.000Z')"
        );
        watch.Poll();
        Assert.Equal(30 * 3600, factsAge.LastMeasurement?.Value);
    }

    public void Dispose()
    {
        watch.Dispose();
        lag.Dispose();
        databaseUp.Dispose();
        factsAge.Dispose();
        metrics.Dispose();
        world.Dispose();
    }

    private int? Lag()
    {
        watch.Poll();
        return lag.LastMeasurement?.Value;
    }
}
