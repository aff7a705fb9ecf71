using System.Text.Json;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>A corrected fact does not rewrite the night that was decided without it.</summary>
public sealed class PastKnowledgeTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    [Fact]
    public async Task A_past_night_is_told_as_its_run_knew_it_and_what_was_corrected_since_is_said()
    {
        await planning.RunSampleNightAsync();
        var corrections = Directory.CreateDirectory(planning.PathTo("corrections")).FullName;
        var requests = await File.ReadAllLinesAsync(
            Path.Combine(PlanningProcess.Samples, "payment_requests.csv"),
            TestContext.Current.CancellationToken
        );
        var fields = requests.Single(r => r.StartsWith("PR-00004,", StringComparison.Ordinal)).Split(',');
        fields[3] = "2021-03-21";
        await File.WriteAllLinesAsync(
            Path.Combine(corrections, "payment_requests.csv"),
            [requests[0], string.Join(',', fields)],
            TestContext.Current.CancellationToken
        );
        (await planning.RunAsync("import", corrections)).Said();
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-04-01")).Said();

        await ReplayedAsync();
        await ExplainedAsync();
        await UnknownImportsAsync();
    }

    private async Task ReplayedAsync()
    {
        Assert.Contains("  No decision differs.\n", await ReplayAsync(), StringComparison.Ordinal);
        Assert.Equal(Figures(await ReplayAsync()), Figures(await ReplayAsync("--as-known", "run")));
        Assert.Equal(Figures(await ReplayAsync()), Figures(await ReplayAsync("--as-known", "1")));

        var now = await ReplayAsync("--as-known", "now");
        Assert.Contains("; as known at import 2; compared with run 1;", now, StringComparison.Ordinal);
        Assert.Contains(
            """
              Known otherwise now than that run knew:
                payment_request PR-00004: submitted_on was 2019-04-10, is 2021-03-21 (import 2)

              The money that moves:
                EUR: -1,450.00 approved, -1,450.00 paid, 0.00 due

            """,
            now,
            StringComparison.Ordinal
        );
        using var json = JsonDocument.Parse(await ReplayAsync("--as-known", "now", "--format", "json"));
        Assert.Equal(2, json.RootElement.GetProperty("knowledge_point").GetInt32());
        Assert.Equal(
            "submitted_on",
            json.RootElement.GetProperty("corrected")[0].GetProperty("column").GetString()
        );
    }

    private async Task ExplainedAsync()
    {
        var then = await ExplainAsync("--as-of", "2021-03-31");
        Assert.Contains("payment: Approved (approved=1450.00)\n", then, StringComparison.Ordinal);
        Assert.Contains(
            """
            As known at import 1. Known otherwise since:
              payment_request PR-00004: submitted_on was 2019-04-10, is 2021-03-21 (import 2)

            """,
            then,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "payment: Rejected\n",
            await ExplainAsync("--as-of", "2021-03-31", "--as-known", "now"),
            StringComparison.Ordinal
        );
    }

    private async Task UnknownImportsAsync()
    {
        const string unknown = "There is no import '9'. To see the imports: planning imports";
        (await planning.RunAsync("explain", "PR-00004", "--as-known", "9")).Refused(2, unknown);
        (
            await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31", "--replay", "--as-known", "9")
        ).Refused(2, unknown);
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-04-02", "--as-known", "1")).Refused(
            2,
            "--as-known is for --replay; a run decides with all that is known. To see how: planning run --help"
        );
    }

    public void Dispose() => planning.Dispose();

    private async Task<string> ReplayAsync(params string[] options) =>
        (await planning.RunAsync(["run", "nightly", "--as-of", "2021-03-31", "--replay", .. options])).Said();

    private async Task<string> ExplainAsync(params string[] options) =>
        (await planning.RunAsync(["explain", "PR-00004", .. options])).Said();

    /// <summary>All but how long it took.</summary>
    private static string Figures(string report) => string.Join('\n', report.Split('\n')[2..]);
}
