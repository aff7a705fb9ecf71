using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Keeps the lease of a partition while something takes longer than the lease lasts.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly Task keeping;

    /// <summary>Keeps the lease until it is disposed of.</summary>
    /// <param name="database">Where the lease is.</param>
    /// <param name="held">The partition.</param>
    /// <param name="lease">How long the lease lasts.</param>
    /// <param name="clock">The time.</param>
    /// <param name="lost">Cancelled when the partition is held no more.</param>
    public LeaseKeeper(
        Database database,
        RunPartition held,
        TimeSpan lease,
        TimeProvider clock,
        CancellationTokenSource lost
    ) => keeping = Task.Run(() => KeepAsync(database, held, lease, clock, lost));

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
#pragma warning disable VSTHRD003 // It was started by the constructor, on the thread pool.
        await keeping;
#pragma warning restore VSTHRD003
        end.Dispose();
    }

    private async Task KeepAsync(
        Database database,
        RunPartition held,
        TimeSpan lease,
        TimeProvider clock,
        CancellationTokenSource lost
    )
    {
        using var timer = new PeriodicTimer(lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                try
                {
                    using var store = new Store(database);
                    store.Partitions.Renew(held, lease);
                }
                catch (Exception e) when (database.Explain(e) is not null)
                {
                    // The next time may go better. The commits of the run meet the same trouble and tell it; without
                    // them the lease runs out.
                }
            }
        }
        catch (OperationCanceledException) { }
        catch (PartitionLostException)
        {
            await lost.CancelAsync();
        }
    }
}
