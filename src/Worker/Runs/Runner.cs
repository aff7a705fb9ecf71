using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlanningServices.Rules;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Runs;

/// <summary>Runs a job for a business date: begins or takes up the run, sees to its partitions, says what it came to.</summary>
internal sealed partial class Runner(
    Database database,
    IOptions<RunOptions> options,
    ActivePolicies policies,
    RunContexts materials,
    PartitionWorker worker,
    DatabaseRetry faults,
    RunMetrics metrics,
    TimeProvider clock,
    ILogger<Runner> log
)
{
    private const int MaxExamples = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan SilentWait = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Runs a job and applies what it decides, going on where an earlier attempt stopped; on a server together with
    /// whoever is at work on it.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="businessDate">The day it is for.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops it after the chunks at hand.</param>
    /// <param name="work">Gets the partitions worked on; by default this process works on them.</param>
    /// <param name="isFull">Whether a night decides everyone, due or not.</param>
    /// <exception cref="PlanningException">It cannot begin, it was interrupted, or it failed.</exception>
    public async Task<RunReport> RunAsync(
        Job job,
        DateOnly businessDate,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken,
        Func<Run, CancellationToken, Task>? work = null,
        bool isFull = false
    )
    {
        var begun = await BeginAsync(job, businessDate, isFull, cancellationToken);
        return begun switch
        {
            BeginResult.Begun(var run, _) => await ParticipateAsync(run),
            BeginResult.RunningElsewhere(var run, _) when database.IsServer && IsFor(run) =>
                await ParticipateAsync(run),
            BeginResult.AlreadyCompleted(var run) => Report(run.RunId) with { WasCompletedBefore = true },
            BeginResult.RunningElsewhere at => throw Refusal.RunningElsewhere(at),
            BeginResult.OtherUnfinished other => throw Refusal.OtherUnfinished(other.Run, job, businessDate),
            BeginResult.OlderThanCompleted older => throw Refusal.Older(older.Latest, job, businessDate),
            _ => throw new UnreachableException(),
        };

        bool IsFor(Run run) => run.Job == job.Name && run.BusinessDate == businessDate;

        Task<RunReport> ParticipateAsync(Run run) =>
            RunToCompletionAsync(
                run,
                work ?? ((run, token) => WorkHereAsync(run, progress, token)),
                cancellationToken
            );
    }

    /// <summary>Takes a run up again that was interrupted, failed or died.</summary>
    public Task<RunReport> ResumeAsync(
        long runId,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var run = Find(runId);
        return run.Status is RunStatus.Abandoned or RunStatus.Undone
            ? throw new PlanningException(
                $"Run {runId} was {(run.Status == RunStatus.Undone ? "taken back" : "abandoned")} and stays so. To run its date again: {RunReports.Command(run)}",
                ExitCode.Usage
            )
            : RunAsync(Job.Named(run.Job), run.BusinessDate, progress, cancellationToken);
    }

    /// <summary>Decides without applying anything.</summary>
    /// <param name="job">The job.</param>
    /// <param name="businessDate">Any date for a replay; for a dry run one that could be applied.</param>
    /// <param name="mode"><see cref="RunMode.DryRun"/> or <see cref="RunMode.Replay"/>.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="asKnown">
    /// For a replay what is known: by default what the run of the date knew.
    /// </param>
    /// <param name="tell">Hears of each chunk.</param>
    public async Task<RunReport> TryAsync(
        Job job,
        DateOnly businessDate,
        RunMode mode,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken,
        KnowledgePoint? asKnown = null,
        Action<DecidedChunk>? tell = null
    )
    {
        var (run, known) =
            mode == RunMode.Replay
                ? Past(job, businessDate, asKnown ?? KnowledgePoint.OfRun)
                : default((Run?, AsKnown?));
        using var store = new Store(database, known);
        RefuseDryRunOfOlder(store, mode, job, businessDate);

        // A date is decided again as it was decided, whatever was activated since.
        var pack = run is null ? policies.On(store, businessDate) : ActivePolicies.Load(store, run.PackHash);
        var material = materials.Load(store, job, businessDate, pack);
        var total = Total(store, job);
        var state = new RunState(Checkpoint.Start);
        var examples = new List<ExampleChange>();
        var quarantined = new List<QuarantinedCustomer>();
        var started = clock.GetTimestamp();
        await new FactScan(store, material, options.Value.ChunkSize, options.Value.Parallelism).ScanAllAsync(
            Count,
            cancellationToken
        );

        var totals = state.Totals.Sheet();
        return new(
            RunId: null,
            job.Name,
            businessDate,
            mode,
            quarantined.Count > 0 ? RunStatus.CompletedWithErrors : RunStatus.Completed,
            WasCompletedBefore: false,
            pack.Name,
            pack.Hash,
            Attempt: 1,
            state.Tally,
            totals,
            quarantined,
            Retried: [],
            [.. MoneyBalance.Of(totals).SelectMany(m => m.Faults(quarantined.Count == 0))],
            examples,
            clock.GetElapsedTime(started),
            StartedAt: null,
            FinishedAt: null
        )
        {
            KnowledgePoint = known?.ImportId,
            ComparedWith = run?.RunId,
        };

        void Count(RunPhase phase, DecidedChunk chunk)
        {
            state.Add(chunk);
            tell?.Invoke(chunk);
            quarantined.AddRange(chunk.Writes.Quarantined);
            examples.AddRange(
                chunk.Writes.Changes.Take(MaxExamples - examples.Count).Select(ExampleChange.Of)
            );
            progress?.Report(
                new(job.Phases[0], Done(job, state.Tally.Customers, state.Tally.Partners), total)
            );
        }
    }

    /// <summary>Works on a partition of a run, if the run is at work and the partition is free.</summary>
    /// <exception cref="PartitionLostException">Somebody else took it over, or the run has ended.</exception>
    public async Task WorkOnAsync(long runId, int partitionNo, CancellationToken cancellationToken)
    {
        if (
            FindClaimablePartitions(runId, cancellationToken) is (true, var free)
            && free.FirstOrDefault(p => p.PartitionNo == partitionNo) is { } seen
        )
        {
            await worker.WorkAsync(
                faults.Execute(() => Find(runId), cancellationToken),
                seen,
                _ => { },
                cancellationToken
            );
        }
    }

    /// <summary>Whether a run is at work, and which partitions of it can be taken; the closing only when all else is done.</summary>
    public (bool IsOpen, IReadOnlyList<RunPartition> Free) FindClaimablePartitions(
        long runId,
        CancellationToken cancellationToken
    ) =>
        faults.Execute<(bool, IReadOnlyList<RunPartition>)>(
            () =>
            {
                using var store = new Store(database);
                var run = store.Runs.Find(runId)!;
                if (run.Status != RunStatus.InProgress)
                {
                    return (false, []);
                }

                FreeIfDead(store, run);
                var open = store.Partitions.Of(runId).Where(p => p.FinishedAt is null).ToList();
                return (
                    true,
                    [.. open.Where(p => p.IsFree && (p.Phase != RunPhase.Closing || open.Count == 1))]
                );
            },
            cancellationToken
        );

    /// <summary>Gives a run up, so that its job can be run for its date again.</summary>
    public void Abandon(long runId)
    {
        using var store = new Store(database);
        var run = Find(runId);
        FreeIfDead(store, run);
        if (!store.Runs.Abandon(runId, clock.GetUtcNow()))
        {
            throw new PlanningException(
                $"Run {runId} was not abandoned: it is {run.Status}, and only a run that is neither completed nor at work can be. "
                    + $"To see it: planning runs show {runId}"
            );
        }
    }

    /// <summary>Takes the latest completed run back, so that its date, or an earlier one, can be run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="reason">Why.</param>
    /// <returns>The run that is the latest completed one now.</returns>
    public Run? Undo(long runId, string by, string reason)
    {
        var run = Find(runId);
        using var store = new Store(database);
        return store.Runs.Undo(runId, by, reason, clock.GetUtcNow()) switch
        {
            UndoResult.Undone(var latest) => latest,
            UndoResult.Unfinished(var other, var held) => throw Refusal.UndoBesideUnfinished(
                run,
                other,
                held
            ),
            UndoResult.NotTheLatest(var latest) => throw Refusal.UndoOfNotTheLatest(run, latest),
            UndoResult.NotKept => throw Refusal.UndoNotKept(run),
            UndoResult.SignedOff(var signOff) => throw Refusal.UndoOfSignedOff(run, signOff),
            _ => throw new UnreachableException(),
        };
    }

    private static void RefuseDryRunOfOlder(Store store, RunMode mode, Job job, DateOnly businessDate)
    {
        if (
            mode == RunMode.DryRun
            && store.Runs.LatestCompleted() is { } latest
            && latest.BusinessDate > businessDate
        )
        {
            throw Refusal.Older(latest, job, businessDate);
        }
    }

    /// <summary>The completed run of a date, if there is one, and what is known where it is decided again.</summary>
    private (Run? Run, AsKnown? Known) Past(Job job, DateOnly businessDate, KnowledgePoint asKnown)
    {
        using var store = new Store(database);
        var run =
            store.Runs.Find(job.Name, businessDate) is { } found && RunStore.IsCompleted(found.Status)
                ? found
                : null;
        return (run, asKnown.Of(store, run) is { } import ? new(import, run?.RunId) : null);
    }

    private Run Find(long runId)
    {
        using var store = new Store(database);
        return store.Runs.Find(runId) ?? throw Refusal.NoSuchRun(runId);
    }

    private RunReport Report(long runId)
    {
        using var store = new Store(database);
        return RunReports.Of(store, store.Runs.Find(runId)!);
    }

    /// <summary>Begins; a stop request does not wait for an import to end.</summary>
    private async Task<BeginResult> BeginAsync(
        Job job,
        DateOnly businessDate,
        bool isFull,
        CancellationToken cancellationToken
    )
    {
        var begin = Task.Run(
            () => faults.Execute(() => Begin(job, businessDate, isFull), cancellationToken),
            CancellationToken.None
        );
        if (
            await Task.WhenAny(begin, Task.Delay(SilentWait, clock, cancellationToken)) != begin
            && !cancellationToken.IsCancellationRequested
        )
        {
            LogWaiting(job.Name, SqlText.Of(businessDate));
        }

        return await begin.WaitAsync(cancellationToken);
    }

    private BeginResult Begin(Job job, DateOnly businessDate, bool isFull)
    {
        using var store = new Store(database);
        if (
            isFull
            && store.Runs.Find(job.Name, businessDate) is { IsOrdinary: true } begun
            && !RunStore.IsCompleted(begun.Status)
        )
        {
            throw Refusal.IsOrdinary(begun);
        }

        var pack = policies.On(store, businessDate);
        materials.Check(pack, businessDate);
        store.Packs.Save(pack, clock.GetUtcNow());
        var result = TryBegin();
        if (result is BeginResult.RunningElsewhere at && FreeIfDead(store, at.Run))
        {
            result = TryBegin();
        }

        if (result is BeginResult.Begun(var run, var tookOver))
        {
            LogBegun(run.RunId, run.Job, SqlText.Of(run.BusinessDate), run.Attempt, run.PackHash);
            if (tookOver)
            {
                LogTookOver(run.RunId, run.Attempt - 1);
            }
        }

        return result;

        BeginResult TryBegin() =>
            store.Runs.Begin(
                job.Name,
                businessDate,
                pack.Hash,
                WorkerId.Current,
                clock.GetUtcNow(),
                job.Phases,
                options.Value.MaxPartitions(database),
                options.Value.ChunkSize,
                job.Only is null
                    ? new(job.Name, RuleBook.Hash, isFull, options.Value.AuditShare, CarryOver)
                    : null
            );

        string CarryOver(Run previous, StoredTotals due) =>
            RunState.Text(
                Closing.CarryOver(RunState.Of(store.Partitions.Of(previous.RunId)).Totals.Sheet(), due)
            );
    }

    /// <summary>Lets go what is held by processes that are known to be dead; returns whether there was any.</summary>
    private static bool FreeIfDead(Store store, Run run)
    {
        var anyFreed = false;
        foreach (
            var partition in store.Partitions.Of(run.RunId).Where(p => p.IsHeld && WorkerId.IsDead(p.Owner!))
        )
        {
            anyFreed |= store.Partitions.Release(partition);
        }

        return anyFreed;
    }

    private async Task<RunReport> RunToCompletionAsync(
        Run run,
        Func<Run, CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        var started = clock.GetTimestamp();
        using var atWork = metrics.Attempt(run);
        var vouchersBefore = 0L;
        try
        {
            vouchersBefore = faults.Execute(() => Done(run).Vouchers, cancellationToken);
            await work(run, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            atWork.Ended(RunStatus.Interrupted);
            throw Interrupted(run);
        }
        catch (PartitionLostException e)
        {
            throw new PlanningException($"{e.Message} To see it: planning runs show {run.RunId}", inner: e);
        }

        var report = faults.Execute(() => Report(run.RunId), cancellationToken) with
        {
            Duration = clock.GetElapsedTime(started),
            VouchersBefore = vouchersBefore,
        };
        atWork.Ended(report.Status);
        return report.Status == RunStatus.Failed && report.OutOfBalance.Count == 0
            ? throw new PlanningException(
                $"Run {run.RunId} failed: {Find(run.RunId).Error} To see it: planning runs show {run.RunId}"
            )
            : report;
    }

    private PlanningException Interrupted(Run run)
    {
        // Whoever interrupts it waits for no database that is away.
        string after;
        try
        {
            using var store = new Store(database);
            store.Runs.Interrupt(run.RunId, clock.GetUtcNow());
            after = string.Create(
                CultureInfo.InvariantCulture,
                $" after {Done(run).Customers} customers{(Done(run).Partners is > 0 and var partners ? $" and {partners} partners" : "")}"
            );
        }
        catch (Exception e) when (database.IsTransient(e))
        {
            after = ", and the database does not answer";
        }

        return new(
            $"Run {run.RunId} was interrupted{after}; what it had committed stays. "
                + $"To go on: planning runs resume {run.RunId}",
            ExitCode.Interrupted
        );
    }

    /// <summary>Customers, or partners where the job decides on no customers: the unit of progress.</summary>
    private static long Done(Job job, long customers, long partners) =>
        job.Walks(RunPhase.Customers) ? customers : partners;

    private static long Total(Store store, Run run) =>
        run.IsOrdinary ? store.Reviews.CountDue(run.RunId) : Total(store, Job.Named(run.Job));

    private static long Total(Store store, Job job) =>
        job.Walks(RunPhase.Customers) ? store.CountCustomers() : store.CountPartners();

    /// <summary>What is committed of a run.</summary>
    private Tally Done(Run run)
    {
        using var store = new Store(database);
        return RunState.Of(store.Partitions.Of(run.RunId)).Tally;
    }

    /// <summary>Works on partitions in this process, some at a time, until the run has ended.</summary>
    private async Task WorkHereAsync(
        Run run,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var job = Job.Named(run.Job);
        var (done, total) = faults.Execute(
            () =>
            {
                using var store = new Store(database);
                var tally = Done(run);
                return (Done(job, tally.Customers, tally.Partners), Total(store, run));
            },
            cancellationToken
        );
        progress?.Report(new(job.Phases[0], done, total));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(
            Enumerable
                .Range(0, options.Value.PartitionsAtOnce(database))
                .Select(_ => Task.Run(ClaimLoopAsync, CancellationToken.None))
        );

        async Task ClaimLoopAsync()
        {
            try
            {
                while (FindClaimablePartitions(run.RunId, stop.Token) is (true, var free))
                {
                    if (free.Count == 0 || !await TryWorkAsync(free[0]))
                    {
                        await Task.Delay(Pause, clock, stop.Token);
                    }
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                // What fails here ends the run: the others need not go on.
                await stop.CancelAsync();
                throw;
            }
        }

        async Task<bool> TryWorkAsync(RunPartition free)
        {
            try
            {
                return await worker.WorkAsync(run, free, Report, stop.Token);
            }
            catch (PartitionLostException) when (database.IsServer)
            {
                return false;
            }
        }

        void Report(DecidedChunk chunk) =>
            progress?.Report(
                new(
                    job.Phases[0],
                    Interlocked.Add(ref done, Done(job, chunk.Customers, chunk.Partners)),
                    total
                )
            );
    }

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Run {RunId} '{Job}' for {BusinessDate}: attempt {Attempt} begins, policy pack {PackHash}"
    )]
    private partial void LogBegun(long runId, string job, string businessDate, int attempt, string packHash);

    [LoggerMessage(
        11,
        LogLevel.Warning,
        "Run '{Job}' for {BusinessDate} waits to begin: an import is at work, another run begins or ends, or the database is slow to answer"
    )]
    private partial void LogWaiting(string job, string businessDate);

    [LoggerMessage(2, LogLevel.Warning, "Run {RunId}: attempt {Attempt} died; the run is taken over")]
    private partial void LogTookOver(long runId, int attempt);
}
