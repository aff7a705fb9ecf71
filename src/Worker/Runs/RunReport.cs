using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Whether a run applies what it decides.</summary>
internal enum RunMode
{
    /// <summary>Decisions and their effects are written.</summary>
    Apply,

    /// <summary>Nothing is written; the business date must be one that could be applied.</summary>
    DryRun,

    /// <summary>Nothing is written; any business date.</summary>
    Replay,
}

/// <summary>How far a run is.</summary>
/// <param name="Phase">What it goes through first.</param>
/// <param name="Done">Customers decided so far; partners where that comes first.</param>
/// <param name="Total">Of how many.</param>
internal sealed record RunProgress(RunPhase Phase, long Done, long Total);

/// <summary>What a run came to.</summary>
/// <param name="RunId">The run; absent where nothing was applied.</param>
/// <param name="Job">The job.</param>
/// <param name="BusinessDate">The day it is for.</param>
/// <param name="Mode">Whether it applied what it decided.</param>
/// <param name="Status">How it ended.</param>
/// <param name="WasCompletedBefore">Whether there was nothing left to do.</param>
/// <param name="PackName">The policy pack's name.</param>
/// <param name="PackHash">The policy pack's hash.</param>
/// <param name="Attempt">The number of the attempt that ended it, from 1.</param>
/// <param name="Tally">What it did.</param>
/// <param name="Totals">The control totals.</param>
/// <param name="Quarantined">The customers and partners set aside, with their errors.</param>
/// <param name="Retried">Those that were set aside and decided again since, which are in all figures.</param>
/// <param name="OutOfBalance">What does not agree; empty where all does.</param>
/// <param name="Examples">Where nothing was applied, the first changes that would have been made.</param>
/// <param name="Duration">How long this attempt took.</param>
/// <param name="StartedAt">When the first attempt started.</param>
/// <param name="FinishedAt">When it ended.</param>
internal sealed record RunReport(
    long? RunId,
    string Job,
    DateOnly BusinessDate,
    RunMode Mode,
    RunStatus Status,
    bool WasCompletedBefore,
    string PackName,
    string PackHash,
    int Attempt,
    Tally Tally,
    TotalsSheet Totals,
    IReadOnlyList<QuarantinedCustomer> Quarantined,
    IReadOnlyList<RetriedCustomer> Retried,
    IReadOnlyList<string> OutOfBalance,
    IReadOnlyList<ExampleChange> Examples,
    TimeSpan? Duration,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt
)
{
    /// <summary>Vouchers that earlier attempts decided, which are no work of this one.</summary>
    public long VouchersBefore { get; init; }

    /// <summary>Why a night decided everyone; absent where it did not, or for other jobs.</summary>
    public string? FullBecause { get; init; }

    /// <summary>Of a replay: the last import of which facts are known; absent where they are as they are now.</summary>
    public long? KnowledgePoint { get; init; }

    /// <summary>Of a replay: the run after which decisions stood as compared; absent where they are the current ones.</summary>
    public long? ComparedWith { get; init; }

    /// <summary>Of a replay: what is known otherwise now than the run knew, of the facts that its examples rest on.</summary>
    public IReadOnlyList<FactCorrection> Corrected { get; init; } = [];

    /// <summary>Of a replay: the money that came to be another amount than in the run.</summary>
    public IReadOnlyList<MoneyMoved> MoneyMoved { get; init; } = [];

    /// <summary>Whether it is in progress and nobody is at work on it any more.</summary>
    public bool HasDied { get; init; }

    /// <summary>Whether the totals are those of all customers, and not of those decided so far.</summary>
    public bool IsComplete => RunStore.IsCompleted(Status) || OutOfBalance.Count > 0;
}
