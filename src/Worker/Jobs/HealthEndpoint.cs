using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Jobs;

/// <summary>
/// Pages for whoever watches the service, as JSON, with 200 or 503. <c>live</c>: the process answers. <c>ready</c>: the
/// database answers, too. The page itself: moreover the latest run did not fail; with that run.
/// </summary>
internal sealed partial class HealthEndpoint(
    Database database,
    IOptions<HealthOptions> options,
    ILogger<HealthEndpoint> log
) : BackgroundService
{
    private readonly HttpListener listener = new();

    /// <summary>Opens the page, before the service starts, so that an address that is taken is told at once.</summary>
    public void Open()
    {
        var url = options.Value.Url;
        if (url.Length == 0)
        {
            return;
        }

        try
        {
            listener.Prefixes.Add(url);
            listener.Start();
        }
        catch (Exception e) when (e is HttpListenerException or ArgumentException)
        {
            throw new PlanningException(
                $"The health page cannot be served at '{url}': {e.Message} Name another address with --Health:Url. The service has not started.",
                inner: e
            );
        }

        LogListening(url);
    }

    public override void Dispose()
    {
        listener.Close();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stop = stoppingToken.Register(listener.Stop);
        while (listener.IsListening)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync(), stoppingToken);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The listener was stopped, or whoever asked went away.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        var (isHealthy, page) = Look(context.Request.Url?.Segments[^1]);
        using var response = context.Response;
        response.StatusCode = (int)(isHealthy ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(
            response.OutputStream,
            page,
            cancellationToken: cancellationToken
        );
    }

    private (bool IsHealthy, Dictionary<string, string?> Page) Look(string? page)
    {
        if (page is "live")
        {
            return (true, new(StringComparer.Ordinal) { ["status"] = "live" });
        }

        try
        {
            using var store = new Store(database);
            var latest = store.Runs.List() is [var run, ..] ? run : null;
            if (page is "ready")
            {
                return (true, new(StringComparer.Ordinal) { ["status"] = "ready" });
            }

            var isHealthy = latest?.Status is not RunStatus.Failed;
            return (
                isHealthy,
                new(StringComparer.Ordinal)
                {
                    ["status"] = isHealthy ? "healthy" : "unhealthy",
                    ["run"] = latest?.RunId.ToString(CultureInfo.InvariantCulture),
                    ["job"] = latest?.Job,
                    ["business_date"] = latest?.BusinessDate.ToString("O", CultureInfo.InvariantCulture),
                    ["run_status"] = latest?.Status.ToString(),
                    ["error"] = latest?.Error,
                    ["last_completed"] = store
                        .Runs.LatestCompleted(Job.Nightly.Name)
                        ?.BusinessDate.ToString("O", CultureInfo.InvariantCulture),
                }
            );
        }
        catch (Exception e) when (database.Explain(e) is { } known)
        {
            return (
                false,
                new(StringComparer.Ordinal) { ["status"] = "unhealthy", ["error"] = known.Message }
            );
        }
    }

    [LoggerMessage(30, LogLevel.Information, "How the service is can be asked at {Url}")]
    private partial void LogListening(string url);
}
