using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>A run sees all facts of an import or none of them, whichever starts first.</summary>
public abstract class ImportBesideRunTests(Provider provider)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_started_while_an_import_is_at_work_decides_on_all_its_facts()
    {
        using var quiet = World.Of(customers: 60, seed: 4, provider);
        await quiet.RunAsync(World.Midway);
        using var world = new World(provider);
        var folder = world.FolderOf(customers: 60, seed: 4);

        var import = Task.Run(() => world.Import(folder), Stop);
        while (world.Temp.Scalar<long>("SELECT count(*) FROM import_run") == 0)
        {
            await Task.Delay(1, Stop);
        }

        var report = await world.RunAsync(World.Midway);
        await import;

        Assert.Empty(report.OutOfBalance);
        Assert.Equal(quiet.Decisions(), world.Decisions());
    }

    [Fact]
    public async Task A_run_does_not_begin_before_an_import_has_ended()
    {
        using var world = World.OfSamples(provider);
        Task<RunReport> run;
        using (var store = new Store(world.Database))
        {
            store.Imports.AcquireRunLock();
            run = world.RunAsync(World.Midway);
            await Task.Delay(300, Stop);
            Assert.Equal(0, world.Temp.Scalar<long>("SELECT count(*) FROM run"));
        }

        Assert.Equal(RunStatus.Completed, (await run).Status);
    }

    [Fact]
    public async Task Whoever_waits_for_an_import_stops_at_once_when_told_to()
    {
        using var world = World.OfSamples(provider);
        using var store = new Store(world.Database);
        store.Imports.AcquireRunLock();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var run = world.Runner().RunAsync(Job.Nightly, World.Midway, null, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            run.WaitAsync(TimeSpan.FromSeconds(10), Stop)
        );
    }
}

public sealed class ImportBesideRunOnSqliteTests() : ImportBesideRunTests(Provider.Sqlite);

public sealed class ImportBesideRunOnPostgresTests() : ImportBesideRunTests(Provider.Postgres);
