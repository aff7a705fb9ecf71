using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlanningServices.Worker.Hosting;

/// <summary>The web server of the service: it listens at the addresses it is given, and nowhere else.</summary>
internal sealed partial class WebServer(
    IReadOnlyList<WebAddress> addresses,
    IHostApplicationLifetime lifetime,
    ILogger<WebServer> log
) : IDisposable
{
    private readonly List<(WebAddress Address, Socket Socket)> sockets = [];
    private readonly Queue<Socket> toBind = [];

    /// <summary>Adds the server to a host.</summary>
    public static void Add(WebApplicationBuilder builder, IReadOnlyList<WebAddress> addresses)
    {
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<WebServer>(services =>
            ActivatorUtilities.CreateInstance<WebServer>(services, addresses)
        );
        // The server binds the addresses in the order in which they were given to it.
        builder
            .Services.AddOptions<SocketTransportOptions>()
            .Configure<WebServer>(
                (transport, server) => transport.CreateBoundListenSocket = _ => server.toBind.Dequeue()
            );
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The longest form is a few lines.
            kestrel.Limits.MaxRequestBodySize = 1_000_000;
            foreach (var address in addresses)
            {
                kestrel.Listen(address.EndPoint, listen => Listen(listen, address));
            }
        });
    }

    /// <summary>Which of the addresses a request came to.</summary>
    public static WebAddress AddressOf(HttpContext context) =>
        context.Features.GetRequiredFeature<WebAddress>();

    /// <summary>Takes the addresses, before the service starts, so that one in use is reported at once.</summary>
    public void Open()
    {
        foreach (var address in addresses)
        {
            try
            {
                var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address.EndPoint);
                sockets.Add((address, socket));
                toBind.Enqueue(socket);
                socket.Listen();
            }
            catch (SocketException e)
            {
                throw new PlanningException(
                    $"The {address.What} cannot be served at '{address.Url}': {e.Message}. Name another address with {address.Option}, or \"\" for none. The service has not started.",
                    inner: e
                );
            }

            lifetime.ApplicationStarted.Register(() => LogListening(Title(address), UrlOf(address)));
        }
    }

    /// <summary>Where something is served, with the port that it got.</summary>
    public string UrlOf(WebAddress address)
    {
        var endPoint = sockets.First(s => s.Address == address).Socket.LocalEndPoint;
        return $"{(address.Certificate is null ? "http" : "https")}://{endPoint}";
    }

    /// <summary>Where all is served.</summary>
    public IEnumerable<string> Urls => addresses.Select(UrlOf);

    public void Dispose() => sockets.ForEach(s => s.Socket.Dispose());

    private static void Listen(ListenOptions listen, WebAddress address)
    {
        listen.Use(next =>
            connection =>
            {
                connection.Features.Set(address);
                return next(connection);
            }
        );
        if (address.Certificate is { } certificate)
        {
            listen.UseHttps(certificate);
        }
    }

    // Of the health pages the one that is asked most.
    private static string Title(WebAddress address) =>
        $"{char.ToUpperInvariant(address.What[0])}{address.What[1..]}";

    [LoggerMessage(30, LogLevel.Information, "{What}: {Url}")]
    private partial void LogListening(string what, string url);
}
