using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace PlanningServices.Worker.Tests.Cli;

public sealed class ServeTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    private string File => planning.PathTo("planning.db");

    [Fact]
    public async Task It_runs_what_is_due_refuses_a_second_one_and_stops_when_told()
    {
        // Due from the first second of the day on.
        planning.Environment["PLANNING__Logging__Console__FormatterName"] = "json";
        using var serve = planning.Start("serve", "--nightly", "0 0 0 * * ?");
        await UntilAsync(
            serve,
            () => Sqlite.Ask(File, "SELECT count(*) FROM run WHERE status = 'Completed'") == "1"
        );

        var second = await planning.RunAsync("serve");
        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith(
            $"Another 'planning serve' is at work on database '{File}'",
            second.Error,
            StringComparison.Ordinal
        );

        Stop(serve);
        var logs = await serve.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await serve.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, serve.ExitCode);
        Assert.Equal("", await serve.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Contains(
            logs.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement),
            l =>
                l.GetProperty("EventId").GetInt32() == 3
                && l.GetProperty("State").GetProperty("Status").GetString() == "Completed"
        );
    }

    [Fact]
    public async Task Its_health_page_shows_the_latest_run()
    {
        var url = FreeUrl();
        using var serve = planning.Start("serve", "--nightly", "0 0 0 * * ?", "--health-url", url);
        await UntilAsync(
            serve,
            () => Sqlite.Ask(File, "SELECT count(*) FROM run WHERE status = 'Completed'") == "1"
        );
        using var http = new HttpClient();

        using var healthy = await http.GetAsync(new Uri(url), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);
        var page = JsonDocument.Parse(
            await healthy.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        Assert.Equal("Completed", page.RootElement.GetProperty("run_status").GetString());

        await Sqlite.ExecuteAsync(File, "UPDATE run SET status = 'Failed', error = 'the disk is full'");
        using var failed = await http.GetAsync(new Uri(url), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Contains(
            "the disk is full",
            await failed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        // A run that failed is for people to see to; the service itself is well.
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync("live"));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync("ready"));

        await Sqlite.ExecuteAsync(File, "ALTER TABLE run RENAME TO run_gone");
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync("live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfAsync("ready"));
        Stop(serve);
        await serve.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, serve.ExitCode);

        async Task<HttpStatusCode> StatusOfAsync(string page)
        {
            using var answer = await http.GetAsync(
                new Uri(url + page),
                TestContext.Current.CancellationToken
            );
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_health_page_at_a_taken_address_stops_the_service_with_one_message()
    {
        var url = FreeUrl();
        using var taken = new HttpListener();
        taken.Prefixes.Add(url);
        taken.Start();

        var ended = await planning.RunAsync("serve", "--health-url", url);

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith(
            $"The health page cannot be served at '{url}': ",
            ended.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_that_is_interrupted_says_so_and_can_be_resumed()
    {
        (await planning.RunAsync("generate", "facts", "--customers", "300")).Said();
        (await planning.RunAsync("import", "facts")).Said();
        using var run = planning.Start("run", "nightly", "--as-of", "2021-03-31", "--chunk-size", "1");
        var error = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await UntilAsync(run, () => Sqlite.Ask(File, "SELECT last_key > '' FROM run") == "1");

        Stop(run);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Run 1 was interrupted after ", await error, StringComparison.Ordinal);
        Assert.Contains("interrupted", (await planning.RunAsync("runs")).Said(), StringComparison.Ordinal);
        var resumed = (await planning.RunAsync("runs", "resume", "1")).Said();
        Assert.StartsWith(
            "Run 1 'nightly' for 2021-03-31: completed\n  300 customers",
            resumed,
            StringComparison.Ordinal
        );
        Assert.Contains("attempt 2", resumed, StringComparison.Ordinal);
    }

    public void Dispose() => planning.Dispose();

    private static string FreeUrl()
    {
        using var any = new TcpListener(IPAddress.Loopback, 0);
        any.Start();
        return $"http://localhost:{((IPEndPoint)any.LocalEndpoint).Port}/";
    }

    private static void Stop(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static async Task UntilAsync(Process process, Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            Assert.False(process.HasExited, "It ended by itself.");
            await Task.Delay(20, patience.Token);
        }
    }
}
