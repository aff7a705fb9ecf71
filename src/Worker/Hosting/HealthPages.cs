using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Hosting;

/// <summary>Pages for whoever watches the service: ASP.NET Core health checks, as JSON, with 200 or 503.</summary>
internal static class HealthPages
{
    /// <summary>What they are called where their address is.</summary>
    public const string What = "health pages";

    private const string Ready = "ready";
    private const string Latest = "latest";

    /// <summary>Adds the checks that the pages show.</summary>
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>(Ready).AddCheck<LatestRunCheck>(Latest);
        // The page shows the fault. Without this filter, each request to an unhealthy service would also log an error.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    /// <summary>At the address of the health pages there is nothing else; at another there are no metrics.</summary>
    public static void KeepApart(WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var isOfHealth = context.GetEndpoint()?.Metadata.GetMetadata<HealthPage>() is { };
                var isAtHealth = WebServer.AddressOf(context).What == What;
                if (isAtHealth && !isOfHealth)
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                }

                if (
                    !isAtHealth
                    && context.GetEndpoint()?.Metadata.GetMetadata<HealthPage>()?.IsElsewhere == false
                )
                {
                    context.SetEndpoint(null);
                }

                return next(context);
            }
        );

    /// <summary>Puts the pages, and that of Prometheus, into the server. Nobody has to sign in for them.</summary>
    /// <param name="app">The server.</param>
    /// <param name="hasMetrics">Whether metrics are gathered.</param>
    public static void Map(WebApplication app, bool hasMetrics)
    {
        Mark(
            app.MapHealthChecks(
                "/health/live",
                new() { Predicate = _ => false, ResponseWriter = WriteAsync }
            ),
            isElsewhere: true
        );
        Mark(app.MapHealthChecks("/health/ready", PageOf(Ready)), isElsewhere: true);
        Mark(app.MapHealthChecks("/health", PageOf(Latest)), isElsewhere: true);
        if (hasMetrics)
        {
            Mark(app.MapPrometheusScrapingEndpoint("/metrics"), isElsewhere: false);
        }

        static void Mark(IEndpointConventionBuilder page, bool isElsewhere) =>
            page.WithMetadata(new HealthPage(isElsewhere)).AllowAnonymous();
    }

    /// <summary>Marks a page as one of these.</summary>
    /// <param name="IsElsewhere">Whether it is at other addresses, too.</param>
    private sealed record HealthPage(bool IsElsewhere);

    private static HealthCheckOptions PageOf(string check) =>
        new() { Predicate = c => c.Name == check, ResponseWriter = WriteAsync };

    // The page of no check says that the process answers.
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var fields = report.Entries.Values.SelectMany(e => e.Data).DefaultIfEmpty(new("status", "live"));
        return context.Response.WriteAsJsonAsync(
            fields.ToDictionary(StringComparer.Ordinal),
            context.RequestAborted
        );
    }

    /// <summary>The database answers.</summary>
    private sealed class DatabaseCheck(Database database) : StoreCheck(database)
    {
        protected override HealthCheckResult Check(Store store)
        {
            store.Runs.FirstUnfinished();
            return Result(true, ("status", "ready"));
        }
    }

    /// <summary>The latest run did not fail, and none is completed for a day to come; with that run.</summary>
    private sealed class LatestRunCheck(Database database, BusinessCalendar calendar) : StoreCheck(database)
    {
        protected override HealthCheckResult Check(Store store)
        {
            var latest = store.Runs.List() is [var run, ..] ? run : null;
            var ahead = calendar.AheadOfToday(store.Runs.LatestCompleted());
            var isHealthy = latest?.Status is not RunStatus.Failed && ahead is null;
            return Result(
                isHealthy,
                ("status", isHealthy ? "healthy" : "unhealthy"),
                ("run", latest?.RunId.ToString(CultureInfo.InvariantCulture)),
                ("job", latest?.Job),
                ("business_date", Text(latest?.BusinessDate)),
                ("run_status", latest?.Status.ToString()),
                ("error", latest?.Error ?? ahead),
                ("facts_imported_at", Text(store.Imports.LatestDelivered(calendar.Now)?.FinishedAt)),
                ("quarantined", Quarantined(store)),
                ("last_completed", Text(store.Runs.LatestCompleted(Job.Nightly.Name)?.BusinessDate))
            );
        }

        /// <summary>How many customers are set aside, by the latest completed run.</summary>
        private static string? Quarantined(Store store) =>
            Quarantine.LatestRun(store) is { } run
                ? store.Quarantine.Count(run.RunId).ToString(CultureInfo.InvariantCulture)
                : null;

        private static string? Text(DateOnly? date) => date?.ToString("O", CultureInfo.InvariantCulture);

        private static string? Text(DateTimeOffset? instant) => instant is { } at ? SqlText.Of(at) : null;
    }

    /// <summary>A question that the database answers.</summary>
    private abstract class StoreCheck(Database database) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                using var store = new Store(database);
                return Task.FromResult(Check(store));
            }
            catch (Exception e)
            {
                // Any error means that the database does not answer, which is what the check is for.
                return Task.FromResult(
                    Result(false, ("status", "unhealthy"), ("error", (database.Explain(e) ?? e).Message))
                );
            }
        }

        protected abstract HealthCheckResult Check(Store store);

        /// <summary>The answer, with the fields of the page.</summary>
        protected static HealthCheckResult Result(
            bool isHealthy,
            params (string Name, string? Value)[] fields
        ) =>
            new(
                isHealthy ? HealthStatus.Healthy : HealthStatus.Unhealthy,
                data: fields.ToDictionary(f => f.Name, f => (object)f.Value!, StringComparer.Ordinal)
            );
    }
}
