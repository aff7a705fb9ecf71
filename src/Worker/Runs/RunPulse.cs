using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Tells a run that somebody is at work on from one whose processes died without a word.</summary>
internal sealed class RunPulse(IOptions<RunOptions> options, TimeProvider clock)
{
    /// <summary>Whether a run is in progress and nobody is at work on it any more.</summary>
    public bool HasDied(Store store, Run run)
    {
        if (run.Status != RunStatus.InProgress)
        {
            return false;
        }

        var partitions = store.Partitions.Of(run.RunId);
        if (partitions.Any(p => p.IsHeld && !WorkerId.IsDead(p.Owner!)))
        {
            return false;
        }

        // Between two partitions nobody holds any for a moment.
        var attempt = store.Runs.Attempts(run.RunId)[^1];
        var lastSign =
            partitions.Max(p => p.FinishedAt) is { } finished && finished > attempt.StartedAt
                ? finished
                : attempt.StartedAt;
        return WorkerId.IsDead(attempt.Owner)
            || clock.GetUtcNow() - lastSign > TimeSpan.FromSeconds(options.Value.LeaseSeconds);
    }
}
