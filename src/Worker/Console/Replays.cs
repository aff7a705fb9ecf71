namespace PlanningServices.Worker.Console;

/// <summary>Decides whole nights again for those who ask, one at a time: it takes as long as a night, and people wait beside it.</summary>
internal sealed class Replays : IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Has a night decided again, unless another is at the moment.</summary>
    /// <exception cref="PlanningException">Another one is at work.</exception>
    public async Task<T> DoAsync<T>(Func<Task<T>> replay)
    {
        if (!await one.WaitAsync(TimeSpan.Zero))
        {
            throw new PlanningException(
                "Somebody else has a night computed again at the moment. Try again when that is done."
            );
        }

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
