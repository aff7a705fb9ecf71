using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>
/// Takes a partition of a run and works through it: decides chunk after chunk and commits each with its checkpoint, or
/// closes the run. Transient faults are retried: the partition is then read back and goes on from its checkpoint.
/// </summary>
internal sealed partial class PartitionWorker(
    Database database,
    IOptions<RunOptions> options,
    RunContexts materials,
    DatabaseRetry faults,
    RunMetrics metrics,
    TimeProvider clock,
    ILogger<PartitionWorker> log
)
{
    private TimeSpan Lease => TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    /// <summary>Takes a partition, unless somebody else does, and works through the rest of it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="seen">The partition as it was when it was looked at.</param>
    /// <param name="tell">Hears of each chunk that is committed.</param>
    /// <param name="cancellationToken">Stops it after the chunk at hand, and lets the partition go.</param>
    /// <returns>Whether it was taken, and is finished now.</returns>
    /// <exception cref="PartitionLostException">Somebody else took it over, or the run has ended.</exception>
    public async Task<bool> WorkAsync(
        Run run,
        RunPartition seen,
        Action<DecidedChunk> tell,
        CancellationToken cancellationToken
    )
    {
        if (Take(seen, cancellationToken) is not { } held)
        {
            return false;
        }

        LogTaken(run.RunId, held.PartitionNo, held.Phase, held.Checkpoint.LastKey, held.UpToKey);
        metrics.PartitionTaken(run.Job, recovered: seen.Owner is not null);
        using var watched = metrics.StartPartition(run, held.PartitionNo, held.Fence);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await using (new LeaseKeeper(database, held, Lease, clock, lost))
            {
                await ExecuteAsync(run, held, tell, lost.Token);
            }

            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Release(held);
            throw;
        }
        catch (Exception e) when (e is OperationCanceledException or PartitionLostException)
        {
            metrics.LeaseLost(run.Job);
            LogLost(run.RunId, held.PartitionNo);
            throw e as PartitionLostException ?? new PartitionLostException(run.RunId, held.PartitionNo);
        }
        catch (Exception e)
        {
            var known = database.Explain(e);
            // What passes is not the run's fault: the lease runs out, and whoever reaches the database goes on.
            if (!database.IsTransient(e))
            {
                Fail(run, held, known?.Message ?? e.Message);
            }

            if (known is not null)
            {
                throw known;
            }

            throw;
        }
    }

    /// <summary>Counts faults in a row: after one that passed and a chunk that was committed, the count begins anew.</summary>
    private async Task ExecuteAsync(
        Run run,
        RunPartition held,
        Action<DecidedChunk> tell,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var goesOn = false;
            try
            {
                await faults.ExecuteAsync(
                    token => ResumeFromCheckpointAsync(run, held, Committed, token),
                    cancellationToken
                );
                return;
            }
            catch (Exception e) when (goesOn && database.IsTransient(e)) { }

            void Committed(DecidedChunk chunk)
            {
                goesOn = true;
                tell(chunk);
            }
        }
    }

    /// <summary>Goes on from the checkpoint in the database, which alone says what is committed.</summary>
    private async Task ResumeFromCheckpointAsync(
        Run run,
        RunPartition held,
        Action<DecidedChunk> committed,
        CancellationToken cancellationToken
    )
    {
        using var store = new Store(database);
        var partition = store.Partitions.Find(held);
        if (partition.Fence != held.Fence)
        {
            throw new PartitionLostException(run.RunId, held.PartitionNo);
        }

        if (partition.FinishedAt is not null)
        {
            return;
        }

        Quarantine.EnsureWithinLimit(store, run, options.Value.MaxQuarantined);
        if (partition.Phase == RunPhase.Closing)
        {
            Close(store, run, partition);
            return;
        }

        var state = new RunState(partition.Checkpoint);
        using var writer = store.Writer(partition, Lease);
        using var reading = new Store(database);
        await new FactScan(
            reading,
            materials.Of(store, run),
            options.Value.ChunkSize,
            options.Value.DecidersAtOnce(database)
        ).ScanAsync(partition.Phase, state.LastKey, partition.UpToKey, Commit, cancellationToken);
        store.Partitions.Finish(partition, clock.GetUtcNow());

        void Commit(DecidedChunk chunk)
        {
            var previousKey = state.LastKey;
            state.Add(chunk);
            using (metrics.StartCommit(chunk))
            {
                writer.Commit(chunk.Writes, previousKey, state.ToCheckpoint());
            }

            metrics.ChunkCommitted(run.Job, chunk);
            foreach (var customer in chunk.Writes.Quarantined)
            {
                LogQuarantined(run.RunId, customer.Kind, customer.CustomerId, customer.Error);
            }

            committed(chunk);
            if (chunk.Writes.Quarantined.Count > 0)
            {
                Quarantine.EnsureWithinLimit(store, run, options.Value.MaxQuarantined);
            }
        }
    }

    private void Close(Store store, Run run, RunPartition closing)
    {
        var state = RunState.Of(store.Partitions.Of(run.RunId));
        var differences = Closing.Faults(store, run, Job.Named(run.Job), state);
        var status =
            differences.Count > 0 ? RunStatus.Failed
            : state.Tally.Quarantined > 0 ? RunStatus.CompletedWithErrors
            : RunStatus.Completed;
        var error = differences.Count > 0 ? Closing.Error(differences) : null;
        store.Runs.Close(closing, status, error, clock.GetUtcNow());
        metrics.RunEnded(run, status, clock.GetUtcNow());
        LogEnded(
            run.RunId,
            run.Job,
            SqlText.Of(run.BusinessDate),
            status,
            state.Tally.Customers,
            state.Tally.Vouchers,
            state.Tally.Partners,
            state.Tally.AllChanges,
            state.Tally.Quarantined
        );
    }

    /// <summary>Marks the run as failed, if the trouble lets us and it is still ours: else the lease runs out.</summary>
    private void Fail(Run run, RunPartition held, string error)
    {
        try
        {
            using var store = new Store(database);
            store.Runs.Fail(held, error, clock.GetUtcNow());
            metrics.RunEnded(run, RunStatus.Failed, clock.GetUtcNow());
            LogFailed(run.RunId, run.Job, SqlText.Of(run.BusinessDate), error);
        }
        catch (Exception e) when (database.Explain(e) is not null || e is PartitionLostException)
        {
            LogNotMarked(run.RunId, e.Message);
        }
    }

    private RunPartition? Take(RunPartition seen, CancellationToken cancellationToken) =>
        faults.Execute(
            () =>
            {
                using var store = new Store(database);
                return store.Partitions.Take(seen, WorkerId.Current, Lease);
            },
            cancellationToken
        );

    /// <summary>Lets a partition go at once, or else leaves it to its lease: a stop request does not wait.</summary>
    private void Release(RunPartition held)
    {
        try
        {
            using var store = new Store(database);
            store.Partitions.Release(held);
        }
        catch (Exception e) when (database.IsTransient(e))
        {
            LogNotReleased(held.RunId, held.PartitionNo, e.Message);
        }
    }

    [LoggerMessage(
        8,
        LogLevel.Information,
        "Run {RunId}: partition {PartitionNo} ({Phase}) is taken after key '{LastKey}', up to '{UpToKey}'"
    )]
    private partial void LogTaken(
        long runId,
        int partitionNo,
        RunPhase phase,
        string lastKey,
        string upToKey
    );

    [LoggerMessage(
        9,
        LogLevel.Warning,
        "Run {RunId}: partition {PartitionNo} is held no more; another took it over, or the run has ended"
    )]
    private partial void LogLost(long runId, int partitionNo);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "Run {RunId} '{Job}' for {BusinessDate} ended {Status}: {Customers} customers, {Vouchers} vouchers, {Partners} partners, {Changes} changes of decisions, {Quarantined} in quarantine"
    )]
    private partial void LogEnded(
        long runId,
        string job,
        string businessDate,
        RunStatus status,
        long customers,
        long vouchers,
        long partners,
        long changes,
        long quarantined
    );

    [LoggerMessage(4, LogLevel.Warning, "Run {RunId}: {Kind} '{CustomerId}' is in quarantine: {Error}")]
    private partial void LogQuarantined(long runId, string kind, string customerId, string error);

    [LoggerMessage(5, LogLevel.Error, "Run {RunId} '{Job}' for {BusinessDate} failed: {Reason}")]
    private partial void LogFailed(long runId, string job, string businessDate, string reason);

    [LoggerMessage(
        10,
        LogLevel.Warning,
        "Run {RunId}: partition {PartitionNo} could not be let go, so its lease will run out: {Reason}"
    )]
    private partial void LogNotReleased(long runId, int partitionNo, string reason);

    [LoggerMessage(
        6,
        LogLevel.Warning,
        "Run {RunId} could not be marked as failed, so its lease will run out: {Reason}"
    )]
    private partial void LogNotMarked(long runId, string reason);
}
