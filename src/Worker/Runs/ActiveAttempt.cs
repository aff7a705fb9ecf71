using System.Diagnostics;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>An attempt that this process sees to, as those see it who watch; over when it is disposed of.</summary>
internal sealed class ActiveAttempt(RunMetrics metrics, string job, Activity? activity) : IDisposable
{
    /// <summary>The run is at its end, or at a stop that it can be resumed from.</summary>
    public void Ended(RunStatus status, string? error = null)
    {
        activity?.SetTag("planning.status", status.ToString());
        if (status == RunStatus.Failed)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error);
        }
    }

    public void Dispose()
    {
        metrics.AttemptOver(job);
        activity?.Dispose();
    }
}
