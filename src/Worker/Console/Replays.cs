namespace PlanningServices.Worker.Console;

/// <summary>Decides whole nights again for those who ask, one after the other: each takes as long as a night, beside the nights.</summary>
internal sealed class Replays : IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Has a night decided again, after those that others asked for.</summary>
    public async Task<T> DoAsync<T>(Func<Task<T>> replay, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            return await replay();
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
