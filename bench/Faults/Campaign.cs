using System.Diagnostics;
using System.Globalization;

namespace PlanningServices.Faults;

/// <summary>The campaign: nights with faults on three nodes, the same nights in peace on one, and what differs.</summary>
internal sealed class Campaign
{
    // So that they are spread over the nights, however slow the machine is.
    private const int MostFaultsInANight = 8;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PatienceForStop = TimeSpan.FromMinutes(1);

    private readonly CampaignSettings settings;
    private readonly Story story;
    private readonly PostgresServer server;
    private readonly Cluster cluster;
    private readonly IReadOnlyList<Node> nodes;
    private readonly Injector injector;
    private readonly CancellationToken stop;
    private readonly List<string> faults = [];
    private string progress = "";
    private long moved;

    private Campaign(
        CampaignSettings settings,
        Story story,
        PostgresServer server,
        string folder,
        CancellationToken stop
    )
    {
        this.settings = settings;
        this.story = story;
        this.server = server;
        this.stop = stop;
        cluster = new(server.Administrator);
        nodes =
        [
            .. Enumerable
                .Range(1, settings.Nodes)
                .Select(n => new Node(
                    n,
                    server.UrlOf(n),
                    story.Pack,
                    Path.Combine(folder, $"{PostgresServer.UserOf(n)}.log")
                )),
        ];
        injector = new(cluster, server, nodes, settings.Seed);
    }

    /// <summary>Runs a campaign and reports; the exit code.</summary>
    /// <param name="settings">How large it is.</param>
    /// <param name="stop">Stops it early; it also does so itself when the time is over.</param>
    public static async Task<int> RunAsync(CampaignSettings settings, CancellationTokenSource stop)
    {
        Say($"To repeat: {settings.Command}");
        var folder = settings.Keep is { } keep
            ? Directory.CreateDirectory(keep).FullName
            : Directory.CreateTempSubdirectory("planning-faults-").FullName;
        try
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            var written = await Story.WriteAsync(folder, settings, today);
            await using var started = await PostgresServer.StartAsync(settings.Nodes);
            var campaign = new Campaign(settings, written, started, folder, stop.Token);
            stop.CancelAfter(settings.Limit);
            try
            {
                return await campaign.RunAsync(folder) ? 0 : 1;
            }
            finally
            {
                foreach (var node in campaign.nodes)
                {
                    await node.DisposeAsync();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Say("FAILED: it was stopped, or took too long, when all faults were injected");
            return 1;
        }
        finally
        {
            if (settings.Keep is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<bool> RunAsync(string folder)
    {
        var stormy = new PlainRuns(
            story,
            new(StringComparer.Ordinal)
            {
                ["PLANNING__Database__Provider"] = "Postgres",
                ["PLANNING__Database__ConnectionString"] = server.Administrator,
            }
        );
        var quiet = new PlainRuns(
            story,
            new(StringComparer.Ordinal)
            {
                ["PLANNING__Database__ConnectionString"] = $"Data Source={Path.Combine(folder, "quiet.db")}",
                ["PLANNING__Run__AuditShare"] = "1",
            }
        );
        var started = Stopwatch.GetTimestamp();
        if (await StormAsync(stormy) is not { } stages)
        {
            await TellWhyAsync();
            return false;
        }

        var stormTook = Stopwatch.GetElapsedTime(started);
        Say($"all {injector.Injected.Count} faults are injected; now the same nights without");
        var quietTook = await QuietAsync(quiet, stages);
        var nights = stages * settings.Nights;
        if (injector.Injected.Count < settings.Faults)
        {
            faults.Add($"only {injector.Injected.Count} faults could be injected in {nights} nights");
        }

        if (Said("NightlyJob", 23) + Said("PartitionJob", 25) is > 0 and var failed)
        {
            faults.Add(
                $"{failed} jobs met faults that are not the database's being away: see the logs (--keep FOLDER)"
            );
        }

        faults.AddRange(await Comparison.DifferencesAsync(quiet, stormy, nights, folder));
        await ReportAsync(nights, stormTook, quietTook, await stormy.VouchersAsync());
        return faults.Count == 0;
    }

    /// <summary>Stages until all faults are injected; how many, or null where nothing moved any more.</summary>
    private async Task<int?> StormAsync(PlainRuns runs)
    {
        var stages = 0;
        while (stages < Story.Stages && (stages == 0 || injector.Injected.Count < settings.Faults))
        {
            await runs.ImportAsync(stages);
            if (stages == 0)
            {
                // Where nothing ran yet there is nothing to catch up with.
                await runs.NightAsync(story.Nights(0)[0]);
                await cluster.WitnessAsync();
            }

            if (!await StageAsync(stages))
            {
                return null;
            }

            stages++;
        }

        return stages;
    }

    /// <summary>The same nights, one process after another.</summary>
    private async Task<TimeSpan> QuietAsync(PlainRuns runs, int stages)
    {
        var started = Stopwatch.GetTimestamp();
        for (var stage = 0; stage < stages; stage++)
        {
            await runs.ImportAsync(stage);
            foreach (var night in story.Nights(stage))
            {
                stop.ThrowIfCancellationRequested();
                await runs.NightAsync(night);
            }
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>The nights of a stage on all nodes, with faults; whether they came to their end.</summary>
    private async Task<bool> StageAsync(int stage)
    {
        var nights = story.Nights(stage);
        Say($"stage {stage + 1}: {nights[0]:yyyy-MM-dd} to {nights[^1]:yyyy-MM-dd}");
        foreach (var node in nodes)
        {
            node.Start(story.Cron(stage));
        }

        moved = Stopwatch.GetTimestamp();
        var faulting = Task.CompletedTask;
        while (await cluster.DoneAsync(nights) is var done && done < nights.Count)
        {
            var most = Math.Min(settings.Faults, ((stage * settings.Nights) + done) * MostFaultsInANight);
            if (injector.Injected.Count < most && faulting.IsCompleted)
            {
                await faulting;
                faulting = injector.InjectAsync();
            }

            if (!await MovesAsync())
            {
                return false;
            }
        }

        await faulting;
        await injector.CalmAsync();
        // What was under way when the last night ended comes to its end.
        while (await cluster.FiredAsync() > 0)
        {
            if (!await MovesAsync())
            {
                return false;
            }
        }

        foreach (var node in nodes)
        {
            if (await node.StopAsync(PatienceForStop) is not 0 and var code)
            {
                faults.Add(
                    $"{node.Name} was asked to stop and {(code is null ? "did not" : $"ended with exit code {code}")}"
                );
            }
        }

        if (await cluster.LeftoversAsync() is { Length: > 0 } leftovers)
        {
            faults.Add($"After stage {stage + 1}: {leftovers}");
        }

        return true;
    }

    /// <summary>Waits a moment, starts what ended; whether something moved within the patience.</summary>
    private async Task<bool> MovesAsync()
    {
        await Task.Delay(PollInterval);
        foreach (var node in nodes)
        {
            node.See();
        }

        var now = await cluster.ProgressAsync();
        if (now != progress)
        {
            progress = now;
            moved = Stopwatch.GetTimestamp();
        }

        return Stopwatch.GetElapsedTime(moved) < settings.Patience && !stop.IsCancellationRequested;
    }

    private async Task TellWhyAsync()
    {
        var why = stop.IsCancellationRequested
            ? "it was stopped, or took too long"
            : $"nothing moved for {settings.Patience.TotalSeconds} s";
        Say($"FAILED: {why}. To repeat: {settings.Command}");
        Say(await cluster.DescribeAsync());
        foreach (var node in nodes)
        {
            Say($"\n> {node.Name}{(node.IsFrozen ? ", frozen" : node.IsUp ? "" : ", down")}\n{node.Tail}");
        }
    }

    private async Task ReportAsync(int nights, TimeSpan took, TimeSpan quietTook, long vouchers)
    {
        Say("");
        Say($"{"fault", -16}{"times", 6}  first     last");
        foreach (var kind in injector.Injected.GroupBy(i => i.Fault).OrderBy(k => k.Key))
        {
            Say(
                $"{kind.Key, -16}{kind.Count(), 6}  {kind.First().At:mm\\:ss\\.f}   {kind.Last().At:mm\\:ss\\.f}"
            );
        }

        Say($"{"together", -16}{injector.Injected.Count, 6}");
        Say("");
        Row("nights", nights);
        Row("attempts at runs", await cluster.AttemptsAsync());
        Row("attempts that died and were taken over", Said("Runner", 2));
        Row("partitions taken", Said("PartitionWorker", 8));
        Row("frozen nodes whose partitions others took", injector.TakenOver);
        Row("of them, nodes whose commits met the fence", injector.Fenced);
        Row("leases lost, commits refused", Said("PartitionWorker", 9));
        Row("faults of the database retried", Said("DatabaseRetry", 7));
        Row("nightly jobs that went on after an outage", Said("NightlyJob", 26));
        Row("nightly jobs that failed", Said("NightlyJob", 22) + Said("NightlyJob", 23));
        Row("partition jobs that failed", Said("PartitionJob", 25));
        Row("nodes that ended by themselves", nodes.Sum(n => n.EndedByItself));
        Row("nodes that had to be killed to stop", injector.NotStopped);
        Row("seconds of the campaign", (long)took.TotalSeconds);
        Row("seconds of the quiet run", (long)quietTook.TotalSeconds);
        Row("vouchers decided a second, faults included", (long)(vouchers / took.TotalSeconds));
        Say("");
        foreach (var fault in faults)
        {
            Say($"FAILED: {fault}");
        }

        Say(
            faults.Count == 0
                ? "Decisions, history, ledger and control totals are those of the quiet run. "
                    + $"To repeat: {settings.Command}"
                : $"To repeat: {settings.Command}"
        );

        static void Row(string what, long count) =>
            Say(string.Create(CultureInfo.InvariantCulture, $"{what, -46}{count, 10:N0}"));
    }

    /// <summary>How often an event was logged by all nodes.</summary>
    private long Said(string speaker, int id) => nodes.Sum(n => n.Said.Of(speaker, id));

    private static void Say(string line) => Console.WriteLine(line);
}
