namespace PlanningServices.Worker.Data;

/// <summary>The runs and their attempts. The rows here, not the scheduler, decide who runs what.</summary>
internal sealed class RunStore(DatabaseConnection connection)
{
    /// <summary>Of how many runs is kept what they wrote over.</summary>
    private const int RunsKeptForUndo = 7;

    private readonly PartitionStore partitions = new(connection);
    private readonly ReviewStore reviews = new(connection);
    private readonly SignOffStore signOffs = new(connection);

    /// <summary>All runs, the newest first.</summary>
    public IReadOnlyList<Run> List() => Read("runs");

    /// <summary>The run of that id, or null.</summary>
    public Run? Find(long runId) => First("run", new { runId });

    /// <summary>The run of a job for a date that was not abandoned, or null.</summary>
    public Run? Find(string job, DateOnly date) => First("run_of_job", new { job, date });

    /// <summary>The completed run with the latest business date, of one job or of all; or null.</summary>
    public Run? LatestCompleted(string? job = null) => First("completed_runs", new { job });

    /// <summary>The completed run that was the last for a date, of whatever job; or null.</summary>
    public Run? LastCompletedFor(DateOnly date) =>
        List().FirstOrDefault(r => r.BusinessDate == date && IsCompleted(r.Status));

    /// <summary>The attempts of a run, the first first.</summary>
    public IReadOnlyList<RunAttempt> Attempts(long runId) =>
        [.. connection.Query<AttemptRow>("run_attempts", new { runId }).Select(a => a.ToAttempt())];

    /// <summary>
    /// Begins a new run or takes up one that stopped, or says why not. Of several who ask at once, one begins.
    /// </summary>
    /// <param name="job">Such as <c>nightly</c>.</param>
    /// <param name="businessDate">The day it is for.</param>
    /// <param name="packHash">The pack a new run is pinned to; it is stored already. A resumed run keeps its own.</param>
    /// <param name="owner">Who tries: a name for people, such as host and process id.</param>
    /// <param name="now">The instant, for people.</param>
    /// <param name="phases">What a new run goes through.</param>
    /// <param name="shares">How many partitions of each kind a new run is divided into at most.</param>
    /// <param name="smallest">The fewest customers, payments or partners that are worth a partition.</param>
    /// <param name="plan">Lets a night decide only who is due, where that is sound; absent for a run that decides everyone.</param>
    public BeginResult Begin(
        string job,
        DateOnly businessDate,
        string packHash,
        string owner,
        DateTimeOffset now,
        IReadOnlyList<RunPhase> phases,
        int shares,
        int smallest,
        NightPlan? plan = null
    ) =>
        connection.InExclusiveTransaction(() =>
        {
            if (Refusal(job, businessDate) is { } refusal)
            {
                return refusal;
            }

            if (Find(job, businessDate) is { } run)
            {
                return TakeUp(run, owner, now);
            }

            var previous = First("runs", null);
            var fullBecause = plan is null ? null : reviews.WhyFull(previous, packHash, plan);
            var isOrdinary = plan is not null && fullBecause is null;
            var runId = connection.Scalar<long>(
                "insert_run",
                new
                {
                    job,
                    date = businessDate,
                    packHash,
                    knowledgePoint = connection.Scalar<long>("knowledge_point"),
                    now,
                    isOrdinary = isOrdinary ? 1 : 0,
                    fullBecause,
                    rulesHash = plan?.RulesHash,
                }
            );
            ForgetWhatNobodyUndoes();
            connection.Execute("insert_undo_point", new { runId });
            if (isOrdinary)
            {
                reviews.Fix(Find(runId)!, previous!, plan!);
                var carried = plan!.CarryOver(
                    previous!,
                    StoredTotals.ReadDue(connection, runId, previous!.KnowledgePoint)
                );
                partitions.CreatePartitions(runId, phases, shares, smallest, carried);
            }
            else
            {
                partitions.CreatePartitions(runId, phases, shares, smallest);
            }

            InsertAttempt(runId, 1, owner, now);
            return new BeginResult.Begun(Find(runId)!, TookOver: false);
        });

    /// <summary>Completes a run, or fails it because it is out of balance, as the one who closes it.</summary>
    /// <param name="closing">The partition of the closing, held.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="error">What is out of balance; absent otherwise.</param>
    /// <param name="now">The instant, for people.</param>
    /// <exception cref="PartitionLostException">Somebody else closes it, or it has ended.</exception>
    public void Close(RunPartition closing, RunStatus status, string? error, DateTimeOffset now) =>
        connection.InExclusiveTransaction(() =>
        {
            if (IsCompleted(status))
            {
                partitions.Finish(closing, now);
                reviews.KeepMark(closing.RunId);
            }
            else
            {
                partitions.Renew(closing, TimeSpan.Zero);
            }

            return End(closing.RunId, status, error, now);
        });

    /// <summary>Fails a run, as the holder of one of its partitions; the others can no longer commit.</summary>
    /// <exception cref="PartitionLostException">It is not held any more: then the failure is nobody's concern.</exception>
    public void Fail(RunPartition held, string error, DateTimeOffset now) =>
        connection.InExclusiveTransaction(() =>
        {
            partitions.Renew(held, TimeSpan.Zero);
            return End(held.RunId, RunStatus.Failed, error, now);
        });

    /// <summary>Notes that a run was interrupted, if nobody is at work on it any more.</summary>
    public void Interrupt(long runId, DateTimeOffset now) =>
        connection.InExclusiveTransaction(() =>
            Held(runId) is null && End(runId, RunStatus.Interrupted, null, now)
        );

    /// <summary>Gives up a run that is not completed and not at work; returns whether it did.</summary>
    public bool Abandon(long runId, DateTimeOffset now) =>
        connection.InExclusiveTransaction(() =>
        {
            if (Held(runId) is not null || connection.Execute("abandon_run", new { runId, now }) == 0)
            {
                return false;
            }

            EndAttempts(runId, nameof(RunStatus.Abandoned), null, now);
            partitions.FenceAll(runId);
            return true;
        });

    /// <summary>
    /// Takes the latest completed run back: what it wrote over is as it was, and history and ledger, which are only added to,
    /// have the contrary of what it added. What abandoned runs after it committed goes the same way, the last one first.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">The instant, for people.</param>
    public UndoResult Undo(long runId, string by, string reason, DateTimeOffset now) =>
        connection.InExclusiveTransaction<UndoResult>(() =>
        {
            if (FirstUnfinished() is { } unfinished)
            {
                return new UndoResult.Unfinished(unfinished, Held(unfinished.RunId));
            }

            if (LatestCompleted() is not { } latest || latest.RunId != runId)
            {
                return new UndoResult.NotTheLatest(LatestCompleted());
            }

            var points = UndoPoints();
            if (!points.Contains(runId))
            {
                return new UndoResult.NotKept();
            }

            if (signOffs.StandingOf(runId) is { } signOff)
            {
                return new UndoResult.SignedOff(signOff);
            }

            foreach (var point in points.Where(p => p >= runId))
            {
                Undo(point);
            }

            return new UndoResult.Undone(LatestCompleted());

            void Undo(long runId)
            {
                var undoRunId = connection.Scalar<long>("insert_undo_run", new { runId, now });
                connection.ExecuteLong("undo_history", new { runId, undoRunId });
                connection.ExecuteLong("undo_ledger", new { runId, undoRunId });
                connection.ExecuteLong("undo_decisions", new { runId });
                connection.ExecuteLong("restore_decisions", new { runId });
                connection.ExecuteLong("restore_statuses", new { runId });
                connection.Execute("undo_run", new { runId });
                connection.Execute(
                    "insert_run_undo",
                    new
                    {
                        runId,
                        undoRunId,
                        by,
                        reason,
                        now,
                    }
                );
                // The points before it stay: the run before can be taken back next.
                connection.ExecuteLong("undo_forget_decisions", new { runId });
                connection.ExecuteLong("undo_forget_statuses", new { runId });
                connection.ExecuteLong("undo_forget_point", new { runId });
            }
        });

    /// <summary>Who took a run back, when and why; null where nobody did.</summary>
    public RunUndo? UndoOf(long runId) => connection.First<RunUndo>("undo_of_run", new { runId });

    /// <summary>Says of a completed run that no customer of it is set aside any more.</summary>
    public void CompleteWithoutErrors(long runId) =>
        connection.Execute("complete_without_errors", new { runId });

    /// <summary>The oldest run that is at work, or stopped and may go on; or null.</summary>
    public Run? FirstUnfinished() => First("unfinished_runs", null);

    /// <summary>Whether a run ended and there is nothing left to do for it.</summary>
    public static bool IsCompleted(RunStatus status) =>
        status is RunStatus.Completed or RunStatus.CompletedWithErrors;

    private BeginResult? Refusal(string job, DateOnly businessDate)
    {
        if (Find(job, businessDate) is { } same)
        {
            if (IsCompleted(same.Status))
            {
                return new BeginResult.AlreadyCompleted(same);
            }

            if (
                same.Status == RunStatus.InProgress
                && (Held(same.RunId) ?? FirstUnclaimed(same.RunId)) is { } held
            )
            {
                return new BeginResult.RunningElsewhere(same, held);
            }
        }

        foreach (
            var other in Read("unfinished_runs").Where(u => u.Job != job || u.BusinessDate != businessDate)
        )
        {
            return other.Status == RunStatus.InProgress && Held(other.RunId) is { } held
                ? new BeginResult.RunningElsewhere(other, held)
                : new BeginResult.OtherUnfinished(other);
        }

        return LatestCompleted() is { } latest && latest.BusinessDate > businessDate
            ? new BeginResult.OlderThanCompleted(latest)
            : null;
    }

    private List<long> UndoPoints() => [.. connection.Query<long>("undo_points")];

    private void ForgetWhatNobodyUndoes()
    {
        // What is kept of the new run comes on top.
        if (UndoPoints().Skip(RunsKeptForUndo - 1).Cast<long?>().FirstOrDefault() is not { } runId)
        {
            return;
        }

        connection.ExecuteLong("forget_decisions_before", new { runId });
        connection.ExecuteLong("forget_statuses_before", new { runId });
        connection.ExecuteLong("forget_undo_points", new { runId });
    }

    private RunPartition? Held(long runId) => partitions.Of(runId).FirstOrDefault(p => p.IsHeld);

    /// <summary>The first partition of a run that nobody has worked on yet, where whoever began it is not alone.</summary>
    private RunPartition? FirstUnclaimed(long runId) =>
        connection.Database.IsServer
        && partitions.Of(runId) is [var first, ..] all
        && all.All(p => p.Fence == 0)
            ? first
            : null;

    private BeginResult.Begun TakeUp(Run run, string owner, DateTimeOffset now)
    {
        var died = run.Status == RunStatus.InProgress;
        if (died)
        {
            EndAttempts(run.RunId, "TakenOver", null, now);
        }

        connection.Execute("take_up_run", new { runId = run.RunId });
        InsertAttempt(run.RunId, run.Attempt + 1, owner, now);
        return new(Find(run.RunId)!, died);
    }

    private bool End(long runId, RunStatus status, string? error, DateTimeOffset now)
    {
        var ended = connection.Execute(
            "end_run",
            new
            {
                runId,
                status = status.ToString(),
                error,
                now,
            }
        );
        if (ended == 1)
        {
            EndAttempts(runId, status.ToString(), error, now);
            partitions.FenceAll(runId);
        }

        return ended == 1;
    }

    private void InsertAttempt(long runId, int attempt, string owner, DateTimeOffset now) =>
        connection.Execute(
            "insert_attempt",
            new
            {
                runId,
                attempt,
                owner,
                now,
            }
        );

    private void EndAttempts(long runId, string ended, string? error, DateTimeOffset now) =>
        connection.Execute(
            "end_attempts",
            new
            {
                runId,
                ended,
                error,
                now,
            }
        );

    private Run? First(string query, object? parameters) =>
        connection.First<RunRow>(query, parameters)?.ToRun();

    private IReadOnlyList<Run> Read(string query) =>
        [.. connection.Query<RunRow>(query).Select(r => r.ToRun())];

    private sealed record RunRow
    {
        public long RunId { get; init; }
        public required string Job { get; init; }
        public DateOnly BusinessDate { get; init; }
        public required string Status { get; init; }
        public required string PackHash { get; init; }
        public long KnowledgePoint { get; init; }
        public int Attempt { get; init; }
        public string? Error { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset? FinishedAt { get; init; }
        public int IsOrdinary { get; init; }
        public string? FullBecause { get; init; }
        public string? RulesHash { get; init; }
        public string? ReviewMark { get; init; }

        public Run ToRun() =>
            new(
                RunId,
                Job,
                BusinessDate,
                Enum.Parse<RunStatus>(Status),
                PackHash,
                KnowledgePoint,
                Attempt,
                Error,
                StartedAt,
                FinishedAt
            )
            {
                IsOrdinary = IsOrdinary == 1,
                FullBecause = FullBecause,
                RulesHash = RulesHash,
                ReviewMark = ReviewMark,
            };
    }

    private sealed record AttemptRow
    {
        public long RunId { get; init; }
        public int Attempt { get; init; }
        public required string Owner { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset? FinishedAt { get; init; }
        public string? Ended { get; init; }
        public string? Error { get; init; }

        public RunAttempt ToAttempt() => new(RunId, Attempt, Owner, StartedAt, FinishedAt, Ended, Error);
    }
}
