using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Hosting;

/// <summary>The hosted service: a scheduler that starts the nightly run.</summary>
internal static class NightlyService
{
    /// <summary>Serves until the process is asked to stop; the settings are valid and the database is up to date.</summary>
    public static async Task RunAsync(
        IConfiguration configuration,
        WebSite site,
        CancellationToken cancellationToken,
        bool isScheduled = true
    )
    {
        using var host = Build(configuration, site, isScheduled);
        using var single = SingleInstance.On(host.Services.GetRequiredService<Database>());
        Open(host, site);
        var life = host.Services.GetRequiredService<IHostApplicationLifetime>();
        try
        {
            await host.RunAsync(cancellationToken);
        }
        catch (Exception)
            when (cancellationToken.IsCancellationRequested
                && !life.ApplicationStarted.IsCancellationRequested
            )
        {
            // It was told to stop while it started, which is no fault, whatever the start was broken off with.
        }
    }

    /// <summary>Prepares what can fail with a message, before the host starts.</summary>
    public static void Open(IHost host, WebSite site)
    {
        host.Services.GetRequiredService<DropFolders>().Prepare();
        if (host.Services.GetService<WebServer>() is { } server)
        {
            server.Open();
            site.Prepare(host.Services);
        }
    }

    /// <summary>A host with a web server, or without one where no page is wanted.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="site">Pages beside those that tell how the service is.</param>
    /// <param name="isScheduled">Whether runs start by themselves.</param>
    public static IHost Build(IConfiguration configuration, WebSite site, bool isScheduled)
    {
        const string name = "planning";

        var url = configuration["Health:Url"] ?? new HealthOptions().Url;
        var health = url.Length == 0 ? null : new WebAddress(HealthPages.What, url, "--health-url");
        var pages = site.AddressIn(configuration);
        if (health is null && pages is null)
        {
            var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = name });
            AddService(builder, configuration, hasPages: false, isScheduled);
            return builder.Build();
        }

        var web = WebApplication.CreateEmptyBuilder(new() { ApplicationName = name });
        AddService(web, configuration, hasPages: health is not null, isScheduled);
        WebServer.Add(web, [.. new[] { health, pages }.OfType<WebAddress>()]);
        HealthPages.Add(web);
        if (pages is not null)
        {
            site.Add(web, pages);
        }

        var app = web.Build();
        app.UseRouting();
        HealthPages.KeepApart(app);
        if (pages is not null)
        {
            site.Map(app);
        }

        HealthPages.Map(app, hasMetrics: health is not null);
        return app;
    }

    private static void AddService(
        IHostApplicationBuilder builder,
        IConfiguration configuration,
        bool hasPages,
        bool isScheduled
    )
    {
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        builder.Logging.AddConsole().AddSimpleConsole(ConsoleLogs.Format);
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName =
                configuration["Logging:Console:FormatterName"] ?? ConsoleFormatterNames.Simple;
        });
        builder.Services.AddSystemd().AddWindowsService(service => service.ServiceName = "PlanningServices");
        builder.Services.AddPlanning(configuration);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(2));
        Telemetry.Add(builder, hasPages);
        builder.Services.AddSingleton<PartitionJobs>();
        builder.Services.AddSingleton<DropFolders>();
        if (isScheduled)
        {
            Scheduling.Add(builder, configuration);
        }
    }
}
