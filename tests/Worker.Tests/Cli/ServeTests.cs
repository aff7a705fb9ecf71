using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace PlanningServices.Worker.Tests.Cli;

public sealed class ServeTests : IDisposable
{
    // Due from the first second of the day on.
    private const string EveryDay = "0 0 0 * * ?";

    private readonly PlanningProcess planning = new();

    // Any free port, so that tests do not meet.
    public ServeTests()
    {
        planning.Environment["PLANNING__Health__Url"] = "http://127.0.0.1:0";
        planning.Migrate();
    }

    private string File => planning.PathTo("planning.db");

    [Fact]
    public async Task It_runs_what_is_due_refuses_a_second_one_and_stops_when_told()
    {
        planning.Environment["PLANNING__Logging__Console__FormatterName"] = "json";
        using var serve = planning.Start("serve", "--nightly", EveryDay);
        await UntilAsync(serve, HasCompleted);

        var second = await planning.RunAsync("serve");
        Assert.Equal(5, second.ExitCode);
        Assert.StartsWith(
            $"Another 'planning serve' is at work on database '{File}'",
            second.Error,
            StringComparison.Ordinal
        );

        Serving.Stop(serve);
        var logs = await serve.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await serve.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, serve.ExitCode);
        Assert.Equal("", await serve.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        var lines = logs.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Contains(
            lines,
            l =>
                l.GetProperty("EventId").GetInt32() == 3
                && l.GetProperty("Message")
                    .GetString()!
                    .EndsWith(
                        "ended Completed: 0 customers, 0 vouchers, 0 partners, 0 changes of decisions, 0 in quarantine",
                        StringComparison.Ordinal
                    )
        );
        Assert.Contains(
            lines,
            l =>
                l.GetProperty("Message")
                    .GetString()!
                    .StartsWith("Nothing is due, next at ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Its_logs_carry_the_time_and_the_level()
    {
        using var serve = planning.Start("serve", "--nightly", EveryDay);
        await UntilAsync(serve, HasCompleted);
        Serving.Stop(serve);

        var logs = await serve.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.All(
            logs.TrimEnd().Split('\n'),
            line => Assert.Matches("^20[0-9-]{8}T[0-9:]{8}Z (info|warn): ", line)
        );
    }

    [Fact]
    public async Task A_run_ahead_of_today_makes_it_unwell()
    {
        using var serving = await Serving.StartAsync(planning, "--nightly", EveryDay);
        await UntilAsync(serving.Process, HasCompleted);

        await Sqlite.ExecuteAsync(File, "UPDATE run SET business_date = date(business_date, '+2 days')");

        using var ahead = await serving.GetAsync("/health", HttpStatusCode.ServiceUnavailable);
        Assert.Contains(
            "To take it back: planning runs undo 1",
            ahead.RootElement.GetProperty("error").GetString(),
            StringComparison.Ordinal
        );
        await UntilAsync(serving, "planning_lag_days{} -2");
        await serving.StopAsync();
    }

    [Fact]
    public async Task Its_health_page_shows_the_latest_run()
    {
        using var serving = await Serving.StartAsync(planning, "--nightly", EveryDay);
        await UntilAsync(serving.Process, HasCompleted);

        using var healthy = await serving.GetAsync("/health", HttpStatusCode.OK);
        Assert.Equal("healthy", healthy.RootElement.GetProperty("status").GetString());
        Assert.Equal("Completed", healthy.RootElement.GetProperty("run_status").GetString());
        Assert.Equal("0", healthy.RootElement.GetProperty("quarantined").GetString());

        await Sqlite.ExecuteAsync(File, "UPDATE run SET status = 'Failed', error = 'the disk is full'");
        using var failed = await serving.GetAsync("/health", HttpStatusCode.ServiceUnavailable);
        Assert.Equal("unhealthy", failed.RootElement.GetProperty("status").GetString());
        Assert.Equal("the disk is full", failed.RootElement.GetProperty("error").GetString());

        // A run that failed is for people to see to; the service itself is well.
        using var live = await serving.GetAsync("/health/live", HttpStatusCode.OK);
        using var ready = await serving.GetAsync("/health/ready", HttpStatusCode.OK);
        Assert.Equal("live", live.RootElement.GetProperty("status").GetString());
        Assert.Equal("ready", ready.RootElement.GetProperty("status").GetString());
        await serving.StopAsync();
    }

    [Fact]
    public async Task While_its_database_is_gone_it_is_live_and_not_ready()
    {
        using var serving = await Serving.StartAsync(planning);
        System.IO.File.Delete(File);

        using var live = await serving.GetAsync("/health/live", HttpStatusCode.OK);
        using var ready = await serving.GetAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
        using var latest = await serving.GetAsync("/health", HttpStatusCode.ServiceUnavailable);

        Assert.Equal(
            $"Database '{File}' does not exist. Create it with: planning migrate",
            ready.RootElement.GetProperty("error").GetString()
        );
        Assert.Equal(
            $"Database '{File}' does not exist. Create it with: planning migrate",
            latest.RootElement.GetProperty("error").GetString()
        );
        await UntilAsync(serving, "planning_database_up{} 0");
        await serving.StopAsync();
    }

    [Fact]
    public async Task Its_page_for_prometheus_says_how_far_the_nightly_run_is_behind()
    {
        using var serving = await Serving.StartAsync(planning, "--nightly", EveryDay);
        await UntilAsync(serving.Process, HasCompleted);

        await UntilAsync(serving, "planning_lag_days{} 0");
        await UntilAsync(serving, "planning_database_up{} 1");

        await Sqlite.ExecuteAsync(File, "UPDATE run SET business_date = date(business_date, '-3 days')");
        await UntilAsync(serving, "planning_lag_days{} 3");
        await serving.StopAsync();
    }

    [Fact]
    public async Task It_sends_its_metrics_to_the_receiver_that_is_named()
    {
        var url = FreeUrl();
        using var receiver = new HttpListener();
        receiver.Prefixes.Add(url);
        receiver.Start();
        planning.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
        planning.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        planning.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        planning.Environment["OTEL_SERVICE_NAME"] = "planning-test";
        using var serving = await Serving.StartAsync(planning, "--nightly", EveryDay);

        string sent;
        do
        {
            var request = await receiver
                .GetContextAsync()
                .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            using var body = new StreamReader(request.Request.InputStream, Encoding.Latin1);
            sent =
                $"{request.Request.Url!.AbsolutePath} {await body.ReadToEndAsync(TestContext.Current.CancellationToken)}";
            request.Response.Close();
        } while (!sent.Contains("planning.lag", StringComparison.Ordinal));

        Assert.StartsWith("/v1/metrics ", sent, StringComparison.Ordinal);
        Assert.Contains("planning-test", sent, StringComparison.Ordinal);
        receiver.Stop();
        await serving.StopAsync();
    }

    [Fact]
    public async Task A_page_it_does_not_have_is_not_found()
    {
        using var serving = await Serving.StartAsync(planning);

        Assert.Equal(HttpStatusCode.NotFound, await serving.StatusOfAsync("/"));
        Assert.Equal(HttpStatusCode.NotFound, await serving.StatusOfAsync("/health/unknown"));
        await serving.StopAsync();
    }

    [Theory]
    // The address of the machine itself, and nothing else of what leads to it.
    [InlineData("http://127.0.0.1:0", false)]
    [InlineData("http://localhost:0", false)]
    // All networks, because it was asked for.
    [InlineData("http://0.0.0.0:0", true)]
    public async Task It_listens_at_the_address_that_is_named_and_at_no_other(string url, bool everywhere)
    {
        using var serving = await Serving.StartAsync(planning, "--health-url", url);
        using var elsewhere = new TcpClient();

        var refused = await Record.ExceptionAsync(() =>
            elsewhere
                .ConnectAsync("127.0.0.2", serving.Url.Port, TestContext.Current.CancellationToken)
                .AsTask()
        );

        Assert.Equal(everywhere, refused is null);
        await serving.StopAsync();
    }

    [Fact]
    public async Task Without_an_address_it_serves_no_pages()
    {
        using var serve = planning.Start("serve", "--nightly", EveryDay, "--Health:Url=");
        await UntilAsync(serve, HasCompleted);

        Serving.Stop(serve);

        Assert.DoesNotContain(
            "can be asked",
            await serve.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        await serve.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, serve.ExitCode);
    }

    [Fact]
    public async Task An_address_that_is_taken_stops_the_service_with_one_message()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://{taken.LocalEndpoint}";

        (await planning.RunAsync("serve", "--nightly", EveryDay, "--health-url", url)).Refused(
            1,
            $"The health pages cannot be served at '{url}': {new SocketException((int)SocketError.AddressAlreadyInUse).Message}. "
                + "Name another address with --health-url, or \"\" for none. The service has not started."
        );
        Assert.Equal("0", Sqlite.Scalar(File, "SELECT count(*) FROM run"));
    }

    [Fact]
    public async Task A_run_that_is_interrupted_says_so_and_can_be_resumed()
    {
        (await planning.RunAsync("generate", "facts", "--customers", "300")).Said();
        (await planning.RunAsync("import", "facts")).Said();
        using var run = planning.Start("run", "nightly", "--as-of", "2021-03-31", "--chunk-size", "1");
        var error = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await UntilAsync(
            run,
            () => Sqlite.Scalar(File, "SELECT max(last_key) > '' FROM run_partition") == "1"
        );

        Serving.Stop(run);
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

    private bool HasCompleted() =>
        Sqlite.Scalar(File, "SELECT count(*) FROM run WHERE status = 'Completed'") == "1";

    /// <summary>Waits for a line on the page for Prometheus.</summary>
    private static async Task UntilAsync(Serving serving, string line)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(await serving.MetricsAsync()).Contains(line))
        {
            await Task.Delay(200, patience.Token);
        }
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
