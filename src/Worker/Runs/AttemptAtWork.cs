using System.Diagnostics;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>An attempt that this process is at work on, as those see it who watch; over when it is disposed of.</summary>
internal sealed class AttemptAtWork(RunMetrics metrics, string job, TimeProvider clock, Activity? activity)
    : IDisposable
{
    private readonly long started = clock.GetTimestamp();

    /// <summary>The run is at its end, or at a stop that it can be resumed from.</summary>
    public void Ended(RunStatus status, string? error = null)
    {
        metrics.RunEnded(job, status, clock.GetElapsedTime(started));
        activity?.SetTag("planning.status", status.ToString());
        if (status == RunStatus.Failed)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error);
        }
    }

    /// <summary>Another attempt took the run over; how it ends is for that one to tell.</summary>
    public void LeaseLost()
    {
        metrics.LeaseLost(job);
        activity?.SetStatus(ActivityStatusCode.Error, "The lease was lost.");
    }

    public void Dispose()
    {
        metrics.AttemptOver(job);
        activity?.Dispose();
    }
}
