using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlanningServices.Worker.Hosting;

/// <summary>Where the pages of the service are served.</summary>
internal sealed partial class HealthServer(
    string url,
    IHostApplicationLifetime lifetime,
    ILogger<HealthServer> log
) : IDisposable
{
    private readonly IPEndPoint address = HealthUrlAttribute.EndPointOf(url)!;
    private Socket? socket;

    /// <summary>Adds a web server that listens at the address of <paramref name="url"/> and nowhere else.</summary>
    public static void Add(WebApplicationBuilder builder, string url)
    {
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<HealthServer>(services =>
            ActivatorUtilities.CreateInstance<HealthServer>(services, url)
        );
        builder
            .Services.AddOptions<SocketTransportOptions>()
            .Configure<HealthServer>(
                (transport, server) => transport.CreateBoundListenSocket = _ => server.socket!
            );
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(HealthUrlAttribute.EndPointOf(url)!);
        });
    }

    /// <summary>Takes the address, before the service starts, so that an address in use is reported at once.</summary>
    public void Open()
    {
        try
        {
            socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
            socket.Listen();
        }
        catch (SocketException e)
        {
            throw new PlanningException(
                $"The health pages cannot be served at '{url}': {e.Message}. Name another address with --health-url, or \"\" for no pages. The service has not started.",
                inner: e
            );
        }

        var listening = $"http://{socket.LocalEndPoint}";
        lifetime.ApplicationStarted.Register(() => LogListening(listening));
    }

    public void Dispose() => socket?.Dispose();

    [LoggerMessage(30, LogLevel.Information, "Health page: {Url}/health")]
    private partial void LogListening(string url);
}
