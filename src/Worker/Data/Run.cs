namespace PlanningServices.Worker.Data;

/// <summary>One job for one business date, as stored.</summary>
/// <param name="RunId">Key.</param>
/// <param name="Job">Such as <c>nightly</c>, or the name of a rule set.</param>
/// <param name="BusinessDate">The day it is for.</param>
/// <param name="Status">How far it is.</param>
/// <param name="PackHash">The policy pack it is pinned to.</param>
/// <param name="KnowledgePoint">The last import it sees; 0 where nothing was imported before.</param>
/// <param name="Attempt">The number of its latest attempt, from 1.</param>
/// <param name="Error">Why it failed or was abandoned; absent otherwise.</param>
/// <param name="StartedAt">When its first attempt started.</param>
/// <param name="FinishedAt">When it ended, unless it is in progress or interrupted.</param>
internal sealed record Run(
    long RunId,
    string Job,
    DateOnly BusinessDate,
    RunStatus Status,
    string PackHash,
    long KnowledgePoint,
    int Attempt,
    string? Error,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt
)
{
    /// <summary>Whether it decides only customers that are due.</summary>
    public bool IsOrdinary { get; init; }

    /// <summary>Why a night decides everyone; absent where it does not, or for other jobs.</summary>
    public string? FullBecause { get; init; }

    /// <summary>The rules of the program that began it; absent for other jobs, and for nights before this was kept.</summary>
    public string? RulesHash { get; init; }

    /// <summary>How it left the reviews.</summary>
    public string? ReviewMark { get; init; }
}

/// <summary>How far a run is.</summary>
internal enum RunStatus
{
    /// <summary>An attempt is at work, or died without saying so: its lease tells.</summary>
    InProgress,

    /// <summary>Stopped between two chunks; the next attempt goes on.</summary>
    Interrupted,

    /// <summary>Failed; the next attempt goes on after the last committed chunk.</summary>
    Failed,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Done, with customers in quarantine.</summary>
    CompletedWithErrors,

    /// <summary>Given up by an operator; the same job may be run again for its date.</summary>
    Abandoned,

    /// <summary>Taken back by an operator with all that it wrote; the same job may be run again for its date.</summary>
    Undone,
}

/// <summary>A fixed share of the subjects of a run, which one process at a time works through.</summary>
/// <param name="RunId">The run.</param>
/// <param name="PartitionNo">From 1.</param>
/// <param name="Phase">What is walked through.</param>
/// <param name="UpToKey">Its last key; <see cref="Checkpoint.AfterAll"/> where there is no other partition after it.</param>
/// <param name="Checkpoint">How far it is.</param>
/// <param name="Fence">Raised by each who takes it; a commit with an older number is refused.</param>
/// <param name="Owner">Who took it last, unless it was let go.</param>
/// <param name="LeaseUntil">Until then, by the clock of the database, the owner counts as alive.</param>
/// <param name="IsHeld">Whether it is at work: taken, and the lease has not run out.</param>
/// <param name="FinishedAt">When all of it was committed.</param>
internal sealed record RunPartition(
    long RunId,
    int PartitionNo,
    RunPhase Phase,
    string UpToKey,
    Checkpoint Checkpoint,
    long Fence,
    string? Owner,
    DateTimeOffset? LeaseUntil,
    bool IsHeld,
    DateTimeOffset? FinishedAt
)
{
    /// <summary>Whether it is neither finished nor at work.</summary>
    public bool IsFree => FinishedAt is null && !IsHeld;
}

/// <summary>How far a partition is: all up to and with <paramref name="LastKey"/> is committed.</summary>
/// <param name="LastKey">The last customer or payment committed; the key before the first at the start.</param>
/// <param name="Counters">What was done so far, as JSON that the run understands.</param>
/// <param name="Totals">The control totals so far, as JSON that the run understands.</param>
internal sealed record Checkpoint(string LastKey, string Counters, string Totals)
{
    /// <summary>Comes before every key.</summary>
    public const string BeforeAll = "";

    /// <summary>Comes after every key, which are of characters from '-' to 'z'.</summary>
    public const string AfterAll = "~";

    /// <summary>Where everything starts.</summary>
    public static Checkpoint Start { get; } = new(BeforeAll, "{}", "{}");
}

/// <summary>What a partition is a share of.</summary>
internal enum RunPhase
{
    /// <summary>Customers, by their ids.</summary>
    Customers,

    /// <summary>Payments that name no request, by their ids.</summary>
    InvoicePayments,

    /// <summary>Partners, by their ids.</summary>
    Partners,

    /// <summary>Control totals are recomputed and compared. There is one, taken when all others are finished.</summary>
    Closing,
}

/// <summary>One try at a run, as stored.</summary>
internal sealed record RunAttempt(
    long RunId,
    int Attempt,
    string Owner,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? Ended,
    string? Error
);

/// <summary>What came of asking to begin a run.</summary>
internal abstract record BeginResult
{
    /// <summary>An attempt has begun: go on where its partitions are.</summary>
    /// <param name="Run">The run, with the number of the new attempt.</param>
    /// <param name="TookOver">Whether the attempt before it had died.</param>
    public sealed record Begun(Run Run, bool TookOver) : BeginResult;

    /// <summary>The run was completed before.</summary>
    public sealed record AlreadyCompleted(Run Run) : BeginResult;

    /// <summary>This or another run is at work: a partition of it is held.</summary>
    public sealed record RunningElsewhere(Run Run, RunPartition Held) : BeginResult;

    /// <summary>Another run was started and not brought to its end: resume or abandon it first.</summary>
    public sealed record OtherUnfinished(Run Run) : BeginResult;

    /// <summary>A run for a later business date has completed.</summary>
    public sealed record OlderThanCompleted(Run Latest) : BeginResult;
}

/// <summary>Who took a run back, when and why.</summary>
internal sealed record RunUndo
{
    public long RunId { get; init; }
    public long UndoRunId { get; init; }
    public required string ByName { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>What came of asking to take a run back.</summary>
internal abstract record UndoResult
{
    /// <summary>It is taken back.</summary>
    /// <param name="Latest">The run that is the latest completed one now.</param>
    public sealed record Undone(Run? Latest) : UndoResult;

    /// <summary>A run is at work or stopped, and must come to its end first.</summary>
    public sealed record Unfinished(Run Run, RunPartition? Held) : UndoResult;

    /// <summary>It is not the latest completed run.</summary>
    public sealed record NotTheLatest(Run? Latest) : UndoResult;

    /// <summary>What it wrote over is not kept any more, or never was.</summary>
    public sealed record NotKept : UndoResult;

    /// <summary>Somebody signed its figures.</summary>
    public sealed record SignedOff(SignOff SignOff) : UndoResult;
}

/// <summary>A partition was given up by its holder, or the run has ended; nothing of the last commit was written.</summary>
internal sealed class PartitionLostException(long runId, int partitionNo)
    : Exception(
        $"Partition {partitionNo} of run {runId} is no longer held by this process: another took it over, or the run "
            + "has ended. The chunk at hand was not written."
    );

/// <summary>The checkpoint of a partition is not where the chunk began: its last commit was told lost, and was not.</summary>
internal sealed class CheckpointMovedException(long runId, int partitionNo)
    : Exception($"The checkpoint of partition {partitionNo} of run {runId} has moved. It is read again.");
