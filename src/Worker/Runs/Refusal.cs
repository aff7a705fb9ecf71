using System.Globalization;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Why a run does not begin, and what to do then.</summary>
internal static class Refusal
{
    public static PlanningException RunningElsewhere(BeginResult.RunningElsewhere at) =>
        new(
            Text(
                $"Run {at.Run.RunId} '{at.Run.Job}' for {at.Run.BusinessDate:yyyy-MM-dd} is in progress: attempt {at.Run.Attempt} by {at.Held.Owner}, whose lease lasts until {at.Held.LeaseUntil:yyyy-MM-dd'T'HH:mm:ss'Z'}. It was left alone. Wait for it to end; to see it: planning runs show {at.Run.RunId}"
            ),
            ExitCode.AtWorkElsewhere
        );

    public static PlanningException OtherUnfinished(Run other, Job job, DateOnly businessDate) =>
        new(
            Text(
                $"Run '{job.Name}' for {businessDate:yyyy-MM-dd} has not begun: run {other.RunId} '{other.Job}' for {other.BusinessDate:yyyy-MM-dd} is {Is(other.Status)}. Bring it to its end with: planning runs resume {other.RunId}, or give it up with: planning runs abandon {other.RunId}"
            )
        );

    public static PlanningException Older(Run latest, Job job, DateOnly businessDate) =>
        new(
            Text(
                $"Run '{job.Name}' for {businessDate:yyyy-MM-dd} has not begun: run {latest.RunId} '{latest.Job}' for {latest.BusinessDate:yyyy-MM-dd} is completed, and decisions do not go back. To decide for the older date without applying: planning run {job.Name} --as-of {businessDate:yyyy-MM-dd} --replay"
            ),
            ExitCode.Usage
        );

    public static PlanningException UndoBesideUnfinished(Run run, Run other, RunPartition? held) =>
        new(
            Text(
                $"Run {run.RunId} was not taken back: run {other.RunId} '{other.Job}' for {other.BusinessDate:yyyy-MM-dd} is {(held is null ? Is(other.Status) : $"in progress, by {held.Owner}")}. Bring it to its end with: planning runs resume {other.RunId}, or give it up with: planning runs abandon {other.RunId}"
            ),
            held is null ? ExitCode.Failed : ExitCode.AtWorkElsewhere
        );

    public static PlanningException UndoOfNotTheLatest(Run run, Run? latest) =>
        new(
            Text(
                $"Run {run.RunId} '{run.Job}' for {run.BusinessDate:yyyy-MM-dd} was not taken back: only the latest completed run can be, {(latest is null ? "and no run is completed." : $"which is run {latest.RunId} '{latest.Job}' for {latest.BusinessDate:yyyy-MM-dd}.")}"
            ),
            ExitCode.Usage
        );

    public static PlanningException UndoNotKept(Run run) =>
        new(
            Text(
                $"Run {run.RunId} '{run.Job}' for {run.BusinessDate:yyyy-MM-dd} was not taken back: what it wrote over is not kept any more. Restore a backup from before it."
            )
        );

    public static PlanningException UndoOfSignedOff(Run run, SignOff signOff) =>
        new(
            Text(
                $"Run {run.RunId} '{run.Job}' for {run.BusinessDate:yyyy-MM-dd} was not taken back: {SignedOff(signOff)}"
            ),
            ExitCode.Usage
        );

    /// <summary>Why figures stay as they are.</summary>
    public static string SignedOff(SignOff signOff) =>
        Text(
            $"{signOff.Prepared.By}{(signOff.Approved is { } approved ? $" and {approved.By}" : "")} signed the figures of {signOff.BusinessDate:yyyy-MM-dd}. To reopen them: planning finance sign-off reopen {signOff.BusinessDate:yyyy-MM-dd} --by NAME --reason TEXT"
        );

    public static PlanningException NoSuchRun(long runId) =>
        new(Text($"There is no run {runId}. To see the runs: planning runs"), ExitCode.Usage);

    private static string Is(RunStatus status) =>
        status switch
        {
            RunStatus.InProgress => "unfinished, its last attempt died",
            RunStatus.Interrupted => "interrupted",
            RunStatus.Failed => "failed",
            RunStatus.Completed or RunStatus.CompletedWithErrors => "completed",
            RunStatus.Abandoned => "abandoned",
            RunStatus.Undone => "undone",
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A customer or a partner that was not due would be decided differently.</summary>
    public static PlanningException AuditDiffers(RunPhase phase, string id, string what) =>
        new(
            $"The audit failed: {(phase == RunPhase.Partners ? "partner" : "customer")} '{id}' was not due, and is decided differently now: {what}. "
                + "Either a decision was changed in the database, or there is an error in the program; report it. "
                + "To decide everyone: abandon the run (planning runs abandon RUN) and run its date again",
            ExitCode.OutOfBalance
        );

    /// <summary>A night for customers that are due cannot become one for everyone while it is under way.</summary>
    public static PlanningException IsOrdinary(Run run) =>
        new(
            $"Run {run.RunId} decides only the customers that are due, and is unfinished, so it cannot decide everyone. Nothing was done. "
                + $"To abandon it: planning runs abandon {run.RunId}. The next night then decides everyone",
            ExitCode.Usage
        );
}
