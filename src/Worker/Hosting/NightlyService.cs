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
    public static async Task RunAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        using var host = Build(configuration);
        using var single = SingleInstance.On(host.Services.GetRequiredService<Database>());
        host.Services.GetRequiredService<DropFolders>().Prepare();
        host.Services.GetService<HealthServer>()?.Open();
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

    /// <summary>A host with a web server, or without one where no page is wanted.</summary>
    private static IHost Build(IConfiguration configuration)
    {
        const string name = "planning";

        var url = configuration["Health:Url"] ?? new HealthOptions().Url;
        if (url.Length == 0)
        {
            var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = name });
            AddService(builder, configuration, hasPages: false);
            return builder.Build();
        }

        var web = WebApplication.CreateEmptyBuilder(new() { ApplicationName = name });
        AddService(web, configuration, hasPages: true);
        HealthServer.Add(web, url);
        HealthPages.Add(web);
        var app = web.Build();
        HealthPages.Map(app);
        return app;
    }

    private static void AddService(
        IHostApplicationBuilder builder,
        IConfiguration configuration,
        bool hasPages
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
        Scheduling.Add(builder, configuration);
    }
}
