using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Console.Tests;

/// <summary>The console over the demo's nights, in the process of the tests, with a user for each role.</summary>
public sealed class ConsoleServer : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    /// <summary>Another one with the role of <c>the.finance</c>.</summary>
    public const string SecondController = "the.second";

    private readonly PlanningProcess planning = new();
    private readonly Dictionary<string, Visitor> visitors = new(StringComparer.Ordinal);
    private IHost host = null!;

    /// <summary>The provider with which people sign in, too.</summary>
    internal OpenIdProvider Provider { get; } = new();

    public Uri Url { get; private set; } = null!;

    internal Accounts Accounts => host.Services.GetRequiredService<Accounts>();

    internal Database Database => host.Services.GetRequiredService<Database>();

    internal T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Every address that it answers: method, pattern, and whether nobody has to sign in.</summary>
    internal IEnumerable<RouteEndpoint> Routes =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public async ValueTask InitializeAsync()
    {
        var file = planning.PathTo("console.db");
        (await planning.RunAsync("demo", "--database", file)).Said();
        await Provider.StartAsync();
        var site = new ConsoleSite();
        host = NightlyService.Build(
            new ConfigurationBuilder()
                .AddSettings(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["Database:ConnectionString"] = $"Data Source={file}",
                        ["Health:Url"] = "",
                        ["Console:Url"] = "http://127.0.0.1:0",
                        ["Console:OpenIdAuthority"] = Provider.Url.AbsoluteUri,
                        ["Console:OpenIdClient"] = OpenIdProvider.Client,
                        ["Console:OpenIdRoles"] = "controllers=finance, all staff=viewer",
                        ["Finance:ApprovalThreshold"] = "10000",
                        ["Logging:LogLevel:Default"] = "None",
                        ["Logging:LogLevel:Microsoft"] = "None",
                    }
                )
                .Build(),
            site,
            isScheduled: false
        );
        foreach (var role in Roles.All)
        {
            Accounts.Add($"the.{role}", [role], Password);
        }

        Accounts.Add(SecondController, [Roles.Finance], Password);
        NightlyService.Open(host, site);
        await host.StartAsync();
        var server = host.Services.GetRequiredService<WebServer>();
        Url = new(server.Urls.Single());
    }

    /// <summary>Somebody who has signed in with a role.</summary>
    internal Task<Visitor> AsAsync(string role) => OfAsync($"the.{role}");

    /// <summary>A user who has signed in.</summary>
    internal async Task<Visitor> OfAsync(string user)
    {
        if (!visitors.TryGetValue(user, out var visitor))
        {
            // From an address of its own: how often somebody may sign in from one is limited.
            visitors.Add(user, visitor = Stranger($"127.0.1.{visitors.Count + 1}"));
            await visitor.SignInAsync(user, Password);
        }

        return visitor;
    }

    /// <summary>Somebody who has not signed in, who comes from an address of this machine.</summary>
    internal Visitor Stranger(string address = "127.0.0.1") => new(Url, IPAddress.Parse(address));

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in visitors.Values)
        {
            visitor.Dispose();
        }

        await host.StopAsync();
        host.Dispose();
        await Provider.DisposeAsync();
        planning.Dispose();
    }
}
