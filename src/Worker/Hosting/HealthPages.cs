using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Hosting;

/// <summary>Pages for whoever watches the service, as JSON, with 200 or 503.</summary>
internal sealed class HealthPages(Database database, BusinessCalendar calendar)
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    /// <summary>Puts the pages, and that of Prometheus, into the server.</summary>
    public static void Map(WebApplication app)
    {
        var pages = new HealthPages(
            app.Services.GetRequiredService<Database>(),
            app.Services.GetRequiredService<BusinessCalendar>()
        );
        app.MapMethods("/health/live", Reading, context => AnswerAsync(context, Live));
        app.MapMethods("/health/ready", Reading, context => AnswerAsync(context, pages.Ready));
        app.MapMethods("/health", Reading, context => AnswerAsync(context, pages.Latest));
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    /// <summary>The process answers.</summary>
    private static HealthPage Live() => new(true, ("status", "live"));

    /// <summary>The database answers, too.</summary>
    private HealthPage Ready() =>
        WithStore(store =>
        {
            store.Runs.FirstUnfinished();
            return new(true, ("status", "ready"));
        });

    /// <summary>The latest run did not fail, and none is completed for a day to come; with that run.</summary>
    private HealthPage Latest() =>
        WithStore(store =>
        {
            var latest = store.Runs.List() is [var run, ..] ? run : null;
            var ahead = calendar.AheadOfToday(store.Runs.LatestCompleted());
            var isHealthy = latest?.Status is not RunStatus.Failed && ahead is null;
            return new(
                isHealthy,
                ("status", isHealthy ? "healthy" : "unhealthy"),
                ("run", latest?.RunId.ToString(CultureInfo.InvariantCulture)),
                ("job", latest?.Job),
                ("business_date", Text(latest?.BusinessDate)),
                ("run_status", latest?.Status.ToString()),
                ("error", latest?.Error ?? ahead),
                ("facts_imported_at", Text(store.Imports.LatestCompleted(calendar.Now)?.FinishedAt)),
                ("quarantined", Quarantined(store)),
                ("last_completed", Text(store.Runs.LatestCompleted(Job.Nightly.Name)?.BusinessDate))
            );
        });

    /// <summary>How many customers are set aside, by the latest completed run.</summary>
    private static string? Quarantined(Store store) =>
        Quarantine.LatestRun(store) is { } run
            ? store.Quarantine.Count(run.RunId).ToString(CultureInfo.InvariantCulture)
            : null;

    private HealthPage WithStore(Func<Store, HealthPage> question)
    {
        try
        {
            using var store = new Store(database);
            return question(store);
        }
        catch (Exception e)
        {
            // Whatever it is, the database does not answer, and that is what was asked.
            return new(false, ("status", "unhealthy"), ("error", (database.Explain(e) ?? e).Message));
        }
    }

    private static string? Text(DateOnly? date) => date?.ToString("O", CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? instant) => instant is { } at ? SqlText.Of(at) : null;

    private static Task AnswerAsync(HttpContext context, Func<HealthPage> look)
    {
        var page = look();
        var response = context.Response;
        response.StatusCode = page.IsHealthy
            ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(
            response.Body,
            page.Fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal),
            cancellationToken: context.RequestAborted
        );
    }

    private sealed record HealthPage(bool IsHealthy, params (string Name, string? Value)[] Fields);
}
