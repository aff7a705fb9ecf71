using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Delivery;

namespace PlanningServices.Worker.Runs;

/// <summary>Runs a job for a business date: begins or takes up the run, works through it, brings it to its end.</summary>
internal sealed partial class Runner(
    Database database,
    IOptions<RunOptions> options,
    ActivePolicies policies,
    RuleBooks books,
    TimeProvider clock,
    ILogger<Runner> log
)
{
    private TimeSpan Lease => TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    /// <summary>Runs a job and applies what it decides, going on where an earlier attempt stopped.</summary>
    /// <exception cref="PlanningException">It cannot begin, it was interrupted, or its lease was lost.</exception>
    public async Task<RunReport> RunAsync(
        Job job,
        DateOnly businessDate,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var store = new Store(database);
        var pack = policies.On(store, businessDate);
        // So that a date the pack knows nothing about is refused before there is a run.
        books.Of(pack).Open(pack, ReferenceData.None, businessDate);
        store.Packs.Save(pack, clock.GetUtcNow());
        return Begin(store, job, businessDate, pack.Hash) switch
        {
            BeginResult.Begun begun => await AttemptAsync(
                store,
                begun.Run,
                job,
                string.Equals(begun.Run.PackHash, pack.Hash, StringComparison.Ordinal)
                    ? pack
                    : ActivePolicies.Load(store, begun.Run.PackHash),
                progress,
                cancellationToken
            ),
            BeginResult.AlreadyCompleted done => RunReports.Of(store, done.Run) with
            {
                WasCompletedBefore = true,
            },
            BeginResult.RunningElsewhere at => throw Refusal.RunningElsewhere(at),
            BeginResult.OtherUnfinished other => throw Refusal.OtherUnfinished(other.Run, job, businessDate),
            BeginResult.OlderThanCompleted older => throw Refusal.Older(older.Latest, job, businessDate),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Takes a run up again that was interrupted, failed or died.</summary>
    public Task<RunReport> ResumeAsync(
        long runId,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var run = Find(runId);
        return run.Status == RunStatus.Abandoned
            ? throw new PlanningException(
                $"Run {runId} was abandoned and stays so. To run its date again: {RunReports.Command(run)}",
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
    public async Task<RunReport> TryAsync(
        Job job,
        DateOnly businessDate,
        RunMode mode,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        const int maxExamples = 20;

        using var store = new Store(database);
        if (
            mode == RunMode.DryRun
            && store.Runs.LatestCompleted() is { } latest
            && latest.BusinessDate > businessDate
        )
        {
            throw Refusal.Older(latest, job, businessDate);
        }

        var pack =
            mode == RunMode.Replay ? PackOf(store, job, businessDate) : policies.On(store, businessDate);
        var state = new RunState(Checkpoint.Start);
        var examples = new List<ExampleChange>();
        var quarantined = new List<QuarantinedCustomer>();
        var started = clock.GetTimestamp();
        using (var walk = new Walk(database, books.Of(pack), pack, job, businessDate, options.Value))
        {
            await walk.GoAsync(RunPhase.Customers, "", Count, cancellationToken);

            void Count(RunPhase phase, DecidedChunk chunk)
            {
                state.Add(phase, chunk);
                quarantined.AddRange(chunk.Writes.Quarantined);
                examples.AddRange(
                    chunk
                        .Writes.Changes.Where(c => c.Kind != ChangeKind.Refreshed)
                        .Take(maxExamples - examples.Count)
                        .Select(ExampleChange.Of)
                );
                progress?.Report(new(phase, state.Tally.Customers, walk.TotalCustomers));
            }
        }

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
            [.. MoneyBalance.Of(totals).SelectMany(m => m.Faults(quarantined.Count == 0))],
            examples,
            clock.GetElapsedTime(started),
            StartedAt: null,
            FinishedAt: null
        );
    }

    /// <summary>Gives a run up, so that its job can be run for its date afresh.</summary>
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

    /// <summary>The pack of a replay: a date is decided again as it was decided, whatever was activated since.</summary>
    private PolicyPack PackOf(Store store, Job job, DateOnly businessDate) =>
        store.Runs.Find(job.Name, businessDate)
            is { Status: RunStatus.Completed or RunStatus.CompletedWithErrors } done
            ? ActivePolicies.Load(store, done.PackHash)
            : policies.On(store, businessDate);

    private Run Find(long runId)
    {
        using var store = new Store(database);
        return store.Runs.Find(runId) ?? throw Refusal.NoSuchRun(runId);
    }

    private BeginResult Begin(Store store, Job job, DateOnly businessDate, string packHash)
    {
        var result = TryBegin();
        if (result is BeginResult.RunningElsewhere at && FreeIfDead(store, at.Run))
        {
            result = TryBegin();
        }

        if (result is BeginResult.Begun { TookOver: true } begun)
        {
            LogTookOver(begun.Run.RunId, begun.Run.Attempt - 1, begun.Run.Checkpoint.LastKey);
        }

        return result;

        BeginResult TryBegin() =>
            store.Runs.Begin(job.Name, businessDate, packHash, Owner.Me, clock.GetUtcNow(), Lease);
    }

    /// <summary>Lets the lease of an attempt run out whose process is known to be dead.</summary>
    private bool FreeIfDead(Store store, Run run)
    {
        if (run.Status != RunStatus.InProgress || !Owner.IsDead(store.Runs.Attempts(run.RunId)[^1].Owner))
        {
            return false;
        }

        store.Runs.Renew(run, clock.GetUtcNow());
        return true;
    }

    private async Task<RunReport> AttemptAsync(
        Store store,
        Run run,
        Job job,
        PolicyPack pack,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        LogBegun(
            run.RunId,
            run.Job,
            Text(run.BusinessDate),
            run.Attempt,
            run.Checkpoint.LastKey,
            run.PackHash
        );
        var started = clock.GetTimestamp();
        var state = new RunState(run.Checkpoint);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            IReadOnlyList<string> faults;
            await using (new LeaseKeeper(database, run, Lease, clock, lost))
            {
                await WorkAsync(store, run, job, pack, state, progress, lost.Token);
                faults = Closing.Faults(store, run, job, state);
            }

            return End(store, run, state, faults, clock.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            store.Runs.End(run, RunStatus.Interrupted, error: null, clock.GetUtcNow());
            throw new PlanningException(
                $"Run {run.RunId} was interrupted after {state.Tally.Customers} customers; what it had committed stays. "
                    + $"To go on: planning runs resume {run.RunId}",
                ExitCode.Interrupted
            );
        }
        catch (Exception e) when (e is OperationCanceledException or AttemptLostException)
        {
            throw new PlanningException(
                new AttemptLostException(run.RunId, run.Attempt).Message
                    + $" To see it: planning runs show {run.RunId}",
                inner: e
            );
        }
        catch (Exception e)
        {
            var known = database.Explain(e);
            Fail(store, run, known?.Message ?? e.Message);
            LogFailed(run.RunId, run.Job, Text(run.BusinessDate), known?.Message ?? e.Message);
            if (known is not null)
            {
                throw known;
            }

            throw;
        }
    }

    private async Task WorkAsync(
        Store store,
        Run run,
        Job job,
        PolicyPack pack,
        RunState state,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var walk = new Walk(database, books.Of(pack), pack, job, run.BusinessDate, options.Value);
        using var writer = store.Writer(run);
        await walk.GoAsync(state.Phase, state.LastKey, Commit, cancellationToken);

        void Commit(RunPhase phase, DecidedChunk chunk)
        {
            state.Add(phase, chunk);
            writer.Commit(chunk.Writes, state.ToCheckpoint(), clock.GetUtcNow() + Lease);
            foreach (var (customerId, error) in chunk.Writes.Quarantined)
            {
                LogQuarantined(run.RunId, customerId, error);
            }

            progress?.Report(new(phase, state.Tally.Customers, walk.TotalCustomers));
        }
    }

    private RunReport End(
        Store store,
        Run run,
        RunState state,
        IReadOnlyList<string> faults,
        TimeSpan elapsed
    )
    {
        var status =
            faults.Count > 0 ? RunStatus.Failed
            : state.Tally.Quarantined > 0 ? RunStatus.CompletedWithErrors
            : RunStatus.Completed;
        store.Runs.End(run, status, faults.Count > 0 ? Closing.Error(faults) : null, clock.GetUtcNow());
        LogEnded(run.RunId, run.Job, Text(run.BusinessDate), status, state.Tally.Customers, elapsed);
        return RunReports.Of(store, store.Runs.Find(run.RunId)!) with
        {
            Duration = elapsed,
            OutOfBalance = faults,
        };
    }

    /// <summary>Marks the run as failed, if the trouble lets us: else its lease runs out.</summary>
    private void Fail(Store store, Run run, string error)
    {
        try
        {
            store.Runs.End(run, RunStatus.Failed, error, clock.GetUtcNow());
        }
        catch (Exception e) when (database.Explain(e) is not null || e is AttemptLostException)
        {
            LogNotMarked(run.RunId, e.Message);
        }
    }

    private static string Text(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Run {RunId} '{Job}' for {BusinessDate}: attempt {Attempt} begins after key '{LastKey}', policy pack {PackHash}"
    )]
    private partial void LogBegun(
        long runId,
        string job,
        string businessDate,
        int attempt,
        string lastKey,
        string packHash
    );

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Run {RunId}: attempt {Attempt} died; the run is taken over after key '{LastKey}'"
    )]
    private partial void LogTookOver(long runId, int attempt, string lastKey);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "Run {RunId} '{Job}' for {BusinessDate} ended {Status}: {Customers} customers, {Elapsed}"
    )]
    private partial void LogEnded(
        long runId,
        string job,
        string businessDate,
        RunStatus status,
        long customers,
        TimeSpan elapsed
    );

    [LoggerMessage(4, LogLevel.Warning, "Run {RunId}: customer '{CustomerId}' is in quarantine: {Error}")]
    private partial void LogQuarantined(long runId, string customerId, string error);

    [LoggerMessage(5, LogLevel.Error, "Run {RunId} '{Job}' for {BusinessDate} failed: {Reason}")]
    private partial void LogFailed(long runId, string job, string businessDate, string reason);

    [LoggerMessage(
        6,
        LogLevel.Warning,
        "Run {RunId} could not be marked as failed, so its lease will run out: {Reason}"
    )]
    private partial void LogNotMarked(long runId, string reason);
}
