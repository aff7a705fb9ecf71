using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

public sealed class AttemptTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly World world = World.OfSamples();

    [Fact]
    public async Task A_run_at_work_elsewhere_is_left_alone_while_its_lease_lasts()
    {
        Begin("another-machine process 42");
        world.Temp.Execute(
            "UPDATE run_partition SET lease_until = '2999-01-01T00:00:00.000Z' WHERE lease_until IS NOT NULL"
        );

        var refused = await Assert.ThrowsAsync<PlanningException>(() => world.RunAsync(World.Midway));

        Assert.Equal(
            "Run 1 'nightly' for 2020-06-30 is in progress: attempt 1 by another-machine process 42, whose lease lasts until 2999-01-01T00:00:00Z. It was left alone. Wait for it to end; to see it: planning runs show 1",
            refused.Message
        );
        Assert.Empty(world.Decisions());
    }

    [Fact]
    public async Task It_is_taken_over_when_its_lease_has_run_out()
    {
        Begin("another-machine process 42");
        world.Temp.LetLeasesRunOut();

        var report = await world.RunAsync(World.Midway);

        Assert.Equal((RunStatus.Completed, 2), (report.Status, report.Attempt));
        Assert.Equal(
            ["TakenOver", "Completed"],
            world.WithStore(s => s.Runs.Attempts(1)).Select(a => a.Ended)
        );
    }

    [Fact]
    public async Task It_is_taken_over_at_once_when_its_process_was_of_this_machine_and_is_dead()
    {
        Begin($"{Environment.MachineName} process {int.MaxValue}");

        var report = await world.RunAsync(World.Midway);

        Assert.Equal((RunStatus.Completed, 2), (report.Status, report.Attempt));
    }

    [Fact]
    public async Task A_live_process_of_this_machine_keeps_its_lease()
    {
        Begin(WorkerId.Current);

        await Assert.ThrowsAsync<PlanningException>(() => world.RunAsync(World.Midway));
    }

    [Fact]
    public void One_who_was_taken_over_writes_nothing_more()
    {
        var lost = Begin("another-machine process 42");
        world.Temp.LetLeasesRunOut();
        Assert.NotNull(
            world.WithStore(s => s.Partitions.Take(s.Partitions.Find(lost), "a third process 43", Lease))
        );

        world.WithStore(store =>
        {
            using var writer = store.Writer(lost, Lease);
            return Assert.Throws<PartitionLostException>(() => writer.Commit(new(), "", Checkpoint.Start));
        });
    }

    [Fact]
    public void A_run_at_work_is_not_abandoned()
    {
        Begin("another-machine process 42");

        Assert.Throws<PlanningException>(() => world.Runner().Abandon(1));
        world.Temp.LetLeasesRunOut();
        world.Runner().Abandon(1);

        Assert.Equal(RunStatus.Abandoned, world.WithStore(s => s.Runs.Find(1))!.Status);
    }

    public void Dispose() => world.Dispose();

    /// <summary>A run that somebody began, and of which they hold the first partition.</summary>
    private RunPartition Begin(string owner) =>
        world.WithStore(store =>
        {
            store.Packs.Save(World.Pack, world.Time.GetUtcNow());
            var begun = store.Runs.Begin(
                "nightly",
                World.Midway,
                World.Pack.Hash,
                owner,
                world.Time.GetUtcNow(),
                Job.Nightly.Phases,
                1,
                1
            );
            var run = Assert.IsType<BeginResult.Begun>(begun).Run;
            return store.Partitions.Take(store.Partitions.Of(run.RunId)[0], owner, Lease)!;
        });
}
