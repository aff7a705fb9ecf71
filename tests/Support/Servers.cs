namespace PlanningServices.Tests.Support;

/// <summary>Stops, after the last test, the servers that tests started.</summary>
public sealed class Servers : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        PostgresServer.Stop();
        await SqlServerServer.StopAsync();
    }
}
