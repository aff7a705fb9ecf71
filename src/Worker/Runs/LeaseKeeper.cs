using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Keeps the lease of an attempt while something takes longer than the lease lasts.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly Task keeping;

    /// <summary>Keeps the lease until it is disposed of.</summary>
    /// <param name="database">Where the lease is.</param>
    /// <param name="run">The run, with the number of the attempt.</param>
    /// <param name="lease">How long the lease lasts.</param>
    /// <param name="clock">The time.</param>
    /// <param name="lost">Cancelled when another attempt took the run over.</param>
    public LeaseKeeper(
        Database database,
        Run run,
        TimeSpan lease,
        TimeProvider clock,
        CancellationTokenSource lost
    ) => keeping = Task.Run(() => KeepAsync(database, run, lease, clock, lost));

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
        Run run,
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
                using var store = new Store(database);
                store.Runs.Renew(run, clock.GetUtcNow() + lease);
            }
        }
        catch (OperationCanceledException) { }
        catch (AttemptLostException)
        {
            await lost.CancelAsync();
        }
        catch (Exception e) when (database.Explain(e) is not null)
        {
            // The commits of the run meet the same trouble and tell it; without them the lease runs out.
        }
    }
}
