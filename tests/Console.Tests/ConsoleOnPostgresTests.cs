using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Console.Tests;

/// <summary>The console over PostgreSQL shows and does what it shows and does over SQLite.</summary>
public sealed partial class ConsoleOnPostgresTests
{
    private static readonly string[] Paths =
    [
        "/quarantine",
        "/find?text=KC-20",
        "/subjects/V-00004",
        "/subjects/PR-00195?as-of=2021-03-31",
        "/subjects/PR-00001?nearest=yes&why-not=PAY-WINDOW",
        "/partners?engagement=exchange&country=DE",
        "/partners/P-1013?as-of=2020-07-01",
        "/policies",
        "/finance",
        "/finance?as-of=2021-03-31",
        "/finance/requests",
        "/finance/requests?sort=day&outcome=Overdue",
        "/finance/requests.csv",
        "/finance/payments",
        "/finance/payments.csv",
        "/finance/requests/PR-00195",
        "/finance/exceptions",
        "/finance/exceptions.csv",
        "/finance/exceptions/PR-00195",
        "/finance/suggestions",
        "/finance/allocations",
        "/finance/sign-offs",
    ];

    [Fact]
    public async Task Pages_and_what_people_do_are_those_over_SQLite()
    {
        await using var sqlite = await Site.OpenAsync(Provider.Sqlite);
        await using var postgres = await Site.OpenAsync(Provider.Postgres);

        foreach (var path in Paths)
        {
            Assert.Equal(await sqlite.ReadAsync(path), await postgres.ReadAsync(path));
        }

        Assert.All(await sqlite.WorkAsync(), a => Assert.Matches(": (Found|OK)$", a));
        Assert.All(await postgres.WorkAsync(), a => Assert.Matches(": (Found|OK)$", a));
        foreach (var path in new[] { "/finance/suggestions", "/finance/exceptions" })
        {
            Assert.Equal(await sqlite.ReadAsync(path), await postgres.ReadAsync(path));
        }
    }

    [GeneratedRegex(
        "__RequestVerificationToken\" value=\"[^\"]+\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Token();

    private sealed class Site(World world, IHost host, Visitor visitor) : IAsyncDisposable
    {
        public static async Task<Site> OpenAsync(Provider provider)
        {
            var world = World.OfSamples(provider);
            await world.RunAsync(new(2021, 3, 31));
            await world.RunAsync(new(2021, 6, 30));
            var site = new ConsoleSite();
            var host = NightlyService.Build(
                new ConfigurationBuilder()
                    .AddSettings(
                        new Dictionary<string, string?>(StringComparer.Ordinal)
                        {
                            ["Database:Provider"] = provider.ToString(),
                            ["Database:ConnectionString"] = world.Temp.Url,
                            ["Health:Url"] = "",
                            ["Console:Url"] = "http://127.0.0.1:0",
                            ["Logging:LogLevel:Default"] = "None",
                            ["Logging:LogLevel:Microsoft"] = "None",
                        }
                    )
                    .Build(),
                site,
                isScheduled: false
            );
            host.Services.GetRequiredService<Accounts>().Add("all", Roles.All, ConsoleServer.Password);
            NightlyService.Open(host, site);
            await host.StartAsync(TestContext.Current.CancellationToken);
            var visitor = new Visitor(
                new(host.Services.GetRequiredService<WebServer>().Urls.Single()),
                IPAddress.Loopback
            );
            await visitor.SignInAsync("all", ConsoleServer.Password);
            return new(world, host, visitor);
        }

        public async Task<string> ReadAsync(string path) =>
            Token().Replace(await visitor.ReadAsync(path), "");

        /// <summary>Does one thing of each kind, and says how each was answered.</summary>
        public async Task<List<string>> WorkAsync()
        {
            (string Path, (string, string)[] Fields)[] actions =
            [
                (
                    "/finance/reject",
                    [("payment", "PM-00141"), ("request", "PR-00053"), ("reason", "on hold")]
                ),
                (
                    "/finance/allocate",
                    [
                        ("payment", "PM-00141"),
                        ("request", "PR-00195"),
                        ("amount", "4350.00"),
                        ("reason", "digits swapped"),
                    ]
                ),
                ("/finance/sign-offs/2021-06-30/prepare", []),
                ("/users", [("name", "ben"), ("roles", Roles.Viewer)]),
            ];
            var answers = new List<string>();
            foreach (var (path, fields) in actions)
            {
                using var answer = await visitor.PostAsync(path, fields);
                answers.Add($"{path}: {answer.StatusCode}");
            }

            return answers;
        }

        public async ValueTask DisposeAsync()
        {
            visitor.Dispose();
            await host.StopAsync();
            host.Dispose();
            world.Dispose();
        }
    }
}
