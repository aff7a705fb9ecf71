using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PlanningServices.Faults;

/// <summary>One <c>planning serve</c>, which is started again whenever it ended by itself, as systemd would.</summary>
internal sealed partial class Node(int number, string url, string pack, string logFile) : IAsyncDisposable
{
    private static readonly TimeSpan PauseBeforeStart = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<string> tail = new();
    private readonly StreamWriter log = new(logFile, append: true) { AutoFlush = true };
    private readonly Counts counts = new();
    private Process? process;
    private string cron = "";
    private bool isWanted;
    private long endedAt;

    public int Number => number;

    public string Name => PostgresServer.UserOf(number);

    public bool IsFrozen { get; private set; }

    /// <summary>Whether it runs, and nothing is being done to it.</summary>
    public bool IsUp => isWanted && !IsFrozen && process is { HasExited: false };

    /// <summary>How often it ended though nobody told it to.</summary>
    public int EndedByItself { get; private set; }

    /// <summary>What its log said so far, by the numbers of the events.</summary>
    public Counts Said => counts;

    /// <summary>The end of its log.</summary>
    public string Tail
    {
        get
        {
            lock (gate)
            {
                return string.Join('\n', tail);
            }
        }
    }

    /// <summary>Starts it, with another schedule.</summary>
    public void Start(string nightly)
    {
        cron = nightly;
        Start();
    }

    /// <summary>Starts it again.</summary>
    public void Start()
    {
        Launch();
        isWanted = true;
    }

    /// <summary>Starts it again if it ended; to be called now and then.</summary>
    public void See()
    {
        // In this order: who kills it says first that it is not wanted.
        if (process is not { HasExited: true } ended || !isWanted)
        {
            return;
        }

        if (endedAt == 0)
        {
            endedAt = Stopwatch.GetTimestamp();
            EndedByItself++;
            Note($"ended by itself, exit code {ended.ExitCode}");
        }
        else if (Stopwatch.GetElapsedTime(endedAt) > PauseBeforeStart)
        {
            Launch();
        }
    }

    /// <summary>Ends it without warning; it is started again after a while.</summary>
    public async Task KillAsync(TimeSpan pause)
    {
        Note("killed");
        isWanted = false;
        process!.Kill();
        await process.WaitForExitAsync();
        await Task.Delay(pause);
        Start();
    }

    /// <summary>Freezes it while something is done, which hears its process id and is to wake it.</summary>
    public async Task FreezeAsync(Func<int, Func<Task>, Task> whileFrozen)
    {
        Note("frozen");
        IsFrozen = true;
        await SignalAsync("STOP");
        await whileFrozen(process!.Id, WakeAsync);
        IsFrozen = false;

        async Task WakeAsync()
        {
            await SignalAsync("CONT");
            Note("woken");
        }
    }

    /// <summary>Asks it to stop; the exit code, or null where it had to be killed.</summary>
    public async Task<int?> StopAsync(TimeSpan patience)
    {
        isWanted = false;
        if (process is not { HasExited: false })
        {
            return 0;
        }

        Note("asked to stop");
        await SignalAsync("TERM");
        using var late = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            Note("killed: it did not stop");
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        isWanted = false;
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        await log.DisposeAsync();
    }

    private void Launch()
    {
        string[] args =
        [
            "serve",
            .. (string[])
                ["--provider", "Postgres", "--policies", pack, "--health-url", "", "--console-url", ""],
            .. (string[])["--nightly", cron, "--catch-up-days", "366", "--checkin-seconds", "1"],
            // Small chunks, and an audit of everyone who is not due, so that there are many commits for faults to hit.
            .. (string[])["--lease-seconds", "5", "--chunk-size", "20", "--partitions", "16"],
            .. (string[])["--parallelism", "2", "--audit-share", "1"],
        ];
        var start = new ProcessStartInfo(Shell.Planning, args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PLANNING__Database__ConnectionString"] = url;
        endedAt = 0;
        Note("started");
        // The one before is not disposed of: others may be looking whether it is up.
        var next = Process.Start(start)!;
        next.OutputDataReceived += (_, line) => Read(line.Data);
        next.ErrorDataReceived += (_, line) => Read(line.Data);
        next.BeginOutputReadLine();
        next.BeginErrorReadLine();
        process = next;
    }

    private async Task SignalAsync(string signal)
    {
        try
        {
            await Shell.RunAsync("kill", [$"-{signal}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        }
        catch (InvalidOperationException) when (process is { HasExited: true })
        {
            // It ended before.
        }
    }

    private void Note(string what) =>
        Read($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} ---- {Name} {what} ----");

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            // A last line may come after the end.
            if (log.BaseStream is { CanWrite: true })
            {
                log.WriteLine(line);
            }

            tail.Enqueue(line);
            if (tail.Count > 25)
            {
                tail.Dequeue();
            }

            if (Event().Match(line) is { Success: true } said)
            {
                counts.Add(
                    said.Groups["class"].Value,
                    int.Parse(said.Groups["id"].Value, CultureInfo.InvariantCulture)
                );
            }
        }
    }

    [GeneratedRegex(@"\.(?<class>\w+)\[(?<id>\d+)\] ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Event();
}

/// <summary>How often each event was logged.</summary>
internal sealed class Counts
{
    private readonly Dictionary<(string Class, int Id), int> counts = [];

    public void Add(string speaker, int id) =>
        counts[(speaker, id)] = counts.GetValueOrDefault((speaker, id)) + 1;

    public int Of(string speaker, int id) => counts.GetValueOrDefault((speaker, id));
}
