using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Console.Tests;

/// <summary>The database goes away while somebody is at work, and comes back.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class DatabaseAwayTests(ConsoleServer server)
{
    [Fact]
    public async Task Every_page_and_action_says_so_and_nothing_is_done()
    {
        var folder = Directory.CreateTempSubdirectory("planning-away-").FullName;
        var file = Path.Combine(folder, "console.db");
        using (var connection = server.Database.Open())
        {
            await using var copy = connection.Driver.CreateCommand();
            copy.CommandText = $"VACUUM INTO '{file}'";
            await copy.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var site = new ConsoleSite();
        using var host = NightlyService.Build(
            new ConfigurationBuilder()
                .AddSettings(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["Database:ConnectionString"] = $"Data Source={file}",
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
        NightlyService.Open(host, site);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = new Visitor(
            new(host.Services.GetRequiredService<WebServer>().Urls.Single()),
            IPAddress.Loopback
        );
        await visitor.SignInAsync("the.operator", ConsoleServer.Password);
        Assert.Contains("2022-03-31", await visitor.ReadAsync("/runs/4"), StringComparison.Ordinal);
        var token = await visitor.TokenAsync();

        // Neither a file nor a folder that one could be made in.
        File.Move(file, $"{file}.away");
        Directory.CreateDirectory(file);
        foreach (var path in new[] { "/", "/runs/4", "/subjects/V-00004", "/runs.csv", "/quarantine" })
        {
            using var away = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        }

        using var undo = await visitor.PostWithAsync(token, "/runs/4/undo", ("reason", "a test"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, undo.StatusCode);

        Directory.Delete(file);
        File.Move($"{file}.away", file);
        Assert.DoesNotContain("a test", await visitor.ReadAsync("/runs/4"), StringComparison.Ordinal);

        await host.StopAsync(TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);
    }
}
