using System.Diagnostics;
using System.Globalization;

namespace PlanningServices.Campaigns.Tests;

/// <summary>The fault campaign of bench/Faults, as small as it may be to show anything.</summary>
[Collection(nameof(RunsLast))]
public sealed class FaultCampaignTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(12);

    [Fact(Explicit = true)]
    public async Task Four_nights_of_8_000_vouchers_with_10_faults_on_three_nodes_end_as_if_nothing_had_happened()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux(),
            "The campaign freezes processes by signals and starts its server by a script."
        );
        string[] args =
        [
            .. (string[])["--vouchers", "8000", "--nights", "4", "--nodes", "3", "--faults", "10"],
            .. (string[])["--limit", Limit.TotalMinutes.ToString(CultureInfo.InvariantCulture)],
            .. Environment.GetEnvironmentVariable("PLANNING_TEST_SEED") is { } seed
                ? ["--seed", seed]
                : Array.Empty<string>(),
        ];
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "PlanningServices.Faults"),
            args
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var campaign = Process.Start(start)!;
        var said = Task.WhenAll(
            campaign.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            campaign.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        await campaign.WaitForExitAsync(TestContext.Current.CancellationToken);
        var text = string.Join('\n', await said);
        TestContext.Current.TestOutputHelper!.WriteLine(text);
        Assert.True(campaign.ExitCode == 0, text);
    }
}

/// <summary>Tests that need the whole machine.</summary>
[CollectionDefinition(nameof(RunsLast), DisableParallelization = true)]
public sealed class RunsLast;
