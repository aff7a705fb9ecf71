using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Hosting;

/// <summary>Who hears the metrics and traces: a page for Prometheus, and the receiver that OpenTelemetry's variables name.</summary>
internal static class Telemetry
{
    // Memory, collections, processor time: what the runtime says of itself.
    private const string RuntimeMeter = "System.Runtime";

    /// <summary>Adds what was asked for; nothing is measured where nobody listens.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="hasPages">Whether there is a server for the Prometheus page.</param>
    public static void Add(IHostApplicationBuilder builder, bool hasPages)
    {
        builder.Configuration.AddInMemoryCollection(Variables());
        var sends = new Receiver(builder.Configuration);
        if (!hasPages && !sends.Metrics && !sends.Traces)
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        if (hasPages || sends.Metrics)
        {
            builder.Services.AddHostedService<RunMonitor>();
            telemetry.WithMetrics(metrics =>
            {
                metrics.AddMeter(RunMetrics.Name, RuntimeMeter);
                if (hasPages)
                {
                    metrics.AddPrometheusExporter(page => page.ScopeInfoEnabled = false);
                }

                if (sends.Metrics)
                {
                    metrics.AddOtlpExporter();
                }
            });
        }

        if (sends.Traces)
        {
            telemetry.WithTracing(traces => traces.AddSource(RunMetrics.Name).AddOtlpExporter());
        }
    }

    // The variables come last, so that they win.
    private static void Describe(ResourceBuilder resource) =>
        resource
            .Clear()
            .AddService(
                "planning",
                serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3),
                serviceInstanceId: WorkerId.Current
            )
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();

    /// <summary>OpenTelemetry's own variables, by the names it looks for; our settings have another prefix.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> Variables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Where(v => v.Key is string name && name.StartsWith("OTEL_", StringComparison.Ordinal))
            .Select(v => KeyValuePair.Create((string)v.Key, v.Value as string));

    /// <summary>What is sent by OTLP: without an address nothing is, not even to this machine.</summary>
    private sealed class Receiver(IConfiguration configuration)
    {
        public bool Metrics { get; } = IsNamed(configuration, "METRICS_");

        public bool Traces { get; } = IsNamed(configuration, "TRACES_");

        private static bool IsNamed(IConfiguration configuration, string kind) =>
            !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])
            || !string.IsNullOrEmpty(configuration[$"OTEL_EXPORTER_OTLP_{kind}ENDPOINT"]);
    }
}
