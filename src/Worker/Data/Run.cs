namespace PlanningServices.Worker.Data;

/// <summary>One job for one business date, as stored.</summary>
/// <param name="RunId">Key.</param>
/// <param name="Job">Such as <c>nightly</c>, or the name of a rule set.</param>
/// <param name="BusinessDate">The day it is for.</param>
/// <param name="Status">How far it is.</param>
/// <param name="PackHash">The policy pack it is pinned to.</param>
/// <param name="Attempt">The number of its latest attempt, from 1: the fence checked by every commit.</param>
/// <param name="Checkpoint">Where the next attempt goes on.</param>
/// <param name="Error">Why it failed or was abandoned; absent otherwise.</param>
/// <param name="StartedAt">When its first attempt started.</param>
/// <param name="FinishedAt">When it ended, unless it is in progress or interrupted.</param>
internal sealed record Run(
    long RunId,
    string Job,
    DateOnly BusinessDate,
    RunStatus Status,
    string PackHash,
    int Attempt,
    Checkpoint Checkpoint,
    string? Error,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt
);

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
}

/// <summary>Where a run is: all up to and with <paramref name="LastKey"/> of the phase is committed.</summary>
/// <param name="Phase">What is walked through.</param>
/// <param name="LastKey">The last customer or payment committed; empty before the first.</param>
/// <param name="Counters">What was done so far, as JSON that the run understands.</param>
/// <param name="Totals">The control totals so far, as JSON that the run understands.</param>
internal sealed record Checkpoint(RunPhase Phase, string LastKey, string Counters, string Totals)
{
    /// <summary>Where every run starts.</summary>
    public static Checkpoint Start { get; } = new(RunPhase.Customers, "", "{}", "{}");
}

/// <summary>The phases of a run, in order.</summary>
internal enum RunPhase
{
    /// <summary>Customers, by their ids.</summary>
    Customers,

    /// <summary>Payments that name no request, by their ids.</summary>
    InvoicePayments,

    /// <summary>Control totals are recomputed and compared.</summary>
    Closing,
}

/// <summary>One try at a run, as stored.</summary>
internal sealed record RunAttempt(
    long RunId,
    int Attempt,
    string Owner,
    DateTimeOffset LeaseUntil,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? Ended,
    string? Error
);

/// <summary>What came of asking to begin a run.</summary>
internal abstract record BeginResult
{
    /// <summary>An attempt has begun: go on at the run's checkpoint.</summary>
    /// <param name="Run">The run, with the number of the new attempt.</param>
    /// <param name="TookOver">Whether the attempt before it had died.</param>
    public sealed record Begun(Run Run, bool TookOver) : BeginResult;

    /// <summary>The run was completed before.</summary>
    public sealed record AlreadyCompleted(Run Run) : BeginResult;

    /// <summary>This or another run is at work, with a lease that has not run out.</summary>
    public sealed record RunningElsewhere(Run Run, RunAttempt Attempt) : BeginResult;

    /// <summary>Another run was started and not brought to its end: resume or abandon it first.</summary>
    public sealed record OtherUnfinished(Run Run) : BeginResult;

    /// <summary>A run for a later business date has completed.</summary>
    public sealed record OlderThanCompleted(Run Latest) : BeginResult;
}

/// <summary>This attempt was given up and another took the run over; nothing of its last commit was written.</summary>
internal sealed class AttemptLostException(long runId, int attempt)
    : Exception(
        $"Attempt {attempt} of run {runId} no longer holds its lease: another attempt took the run over, or it was "
            + "abandoned. The chunk at hand was not written."
    );
