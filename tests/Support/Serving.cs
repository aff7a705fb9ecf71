using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace PlanningServices.Tests.Support;

/// <summary>A service that runs and serves its pages at some free port.</summary>
internal sealed class Serving : IDisposable
{
    private const string Announcement = "Health pages: ";

    private readonly HttpClient http;

    private Serving(Process process, Uri url)
    {
        Process = process;
        Url = url;
        http = new() { BaseAddress = new($"http://127.0.0.1:{url.Port}") };
    }

    public Process Process { get; }

    /// <summary>Where it says its pages are.</summary>
    public Uri Url { get; }

    public static async Task<Serving> StartAsync(PlanningProcess planning, params string[] args)
    {
        var process = planning.Start(["serve", .. args]);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var at = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (at >= 0)
            {
                return new(process, new(line[(at + Announcement.Length)..]));
            }
        }

        throw new InvalidOperationException("It ended by itself.");
    }

    /// <summary>The page, which must come with the status.</summary>
    public async Task<JsonDocument> GetAsync(string page, HttpStatusCode status)
    {
        using var answer = await http.GetAsync(page, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    public async Task<HttpStatusCode> StatusOfAsync(string page)
    {
        using var answer = await http.GetAsync(page, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>The lines of the page for Prometheus.</summary>
    public async Task<IReadOnlyList<string>> MetricsAsync() =>
        (await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n');

    /// <summary>Tells it to stop, which it must do in good order.</summary>
    public async Task StopAsync()
    {
        Stop(Process);
        var log = await Process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(Process.ExitCode == 0, log);
    }

    public static void Stop(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        http.Dispose();
        if (!Process.HasExited)
        {
            Process.Kill();
            Process.WaitForExit();
        }

        Process.Dispose();
    }
}
