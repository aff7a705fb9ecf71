using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PlanningServices.Faults;

/// <summary>The program from a shell, on one database.</summary>
internal sealed class PlainRuns(Story story, Dictionary<string, string> environment)
{
    /// <summary>Imports what comes before a stage.</summary>
    public Task ImportAsync(int stage) => RunAsync("import", story.Facts(stage), "--strict");

    /// <summary>Runs a night.</summary>
    public Task NightAsync(DateOnly night) => RunAsync("run", "nightly", "--as-of", Text(night));

    /// <summary>Exports decisions, history or ledger into a file.</summary>
    public Task ExportAsync(string what, string file) => RunAsync("export", what, "--output", file);

    /// <summary>What each night came to: without instants, attempts and names of processes.</summary>
    public async Task<IReadOnlyList<string>> NightsAsync()
    {
        var nights = new List<string>();
        foreach (var runId in await RunIdsAsync())
        {
            var report = await ReportAsync(runId);
            foreach (var own in (string[])["run_id", "attempt", "duration", "started_at", "finished_at"])
            {
                report.Remove(own);
            }

            nights.Add(report.ToJsonString());
        }

        return [.. nights.Order(StringComparer.Ordinal)];
    }

    /// <summary>Vouchers decided in all nights together.</summary>
    public async Task<long> VouchersAsync()
    {
        var vouchers = 0L;
        foreach (var runId in await RunIdsAsync())
        {
            vouchers += (await ReportAsync(runId))["tally"]!["vouchers"]!.GetValue<long>();
        }

        return vouchers;
    }

    private async Task<IReadOnlyList<long>> RunIdsAsync()
    {
        using var runs = JsonDocument.Parse(await RunAsync("runs", "--format", "json"));
        return [.. runs.RootElement.EnumerateArray().Select(r => r.GetProperty("run_id").GetInt64())];
    }

    private async Task<JsonObject> ReportAsync(long runId) =>
        JsonNode.Parse(
            await RunAsync("runs", "show", runId.ToString(CultureInfo.InvariantCulture), "--format", "json")
        )!["report"]!.AsObject();

    private Task<string> RunAsync(params string[] args) =>
        Shell.RunAsync(Shell.Planning, [.. args, "--policies", story.Pack], environment);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
