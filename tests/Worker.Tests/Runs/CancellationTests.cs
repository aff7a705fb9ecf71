using Microsoft.Extensions.Logging.Abstractions;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Postgres;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

public sealed class CancellationTests
{
    [Fact]
    public async Task Trying_again_ends_at_once_when_it_is_cancelled()
    {
        // Nobody listens at port 1.
        using var away = new PostgresDatabase("Host=127.0.0.1;Port=1;Database=none");
        using var metrics = new RunMetrics();
        var faults = new DatabaseRetry(away, metrics, NullLogger<DatabaseRetry>.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        var trying = Task.Run(
            () =>
                faults.Execute(
                    () =>
                    {
                        using var store = new Store(away);
                        return 0;
                    },
                    stop.Token
                ),
            TestContext.Current.CancellationToken
        );
        // By now the pauses are longer than a second.
        await Task.Delay(4_000, TestContext.Current.CancellationToken);
        Assert.False(trying.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            trying.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task What_an_earlier_attempt_decided_is_no_work_of_the_next()
    {
        using var world = World.OfSamples();
        await world.RunUntilAsync(chunks: 3, World.Midway);
        var before = world.WithStore(store => RunState.Of(store.Partitions.Of(1)).Tally.Vouchers);

        var report = await world.RunAsync(World.Midway);

        Assert.True(before > 0);
        Assert.Equal(before, report.VouchersBefore);
        Assert.True(report.Tally.Vouchers > before);
    }
}
