using System.Globalization;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>What a stored run came to.</summary>
internal static class RunReports
{
    public static RunReport Of(Store store, Run run)
    {
        var state = RunState.Of(store.Partitions.Of(run.RunId));
        return new(
            run.RunId,
            run.Job,
            run.BusinessDate,
            RunMode.Apply,
            run.Status,
            WasCompletedBefore: false,
            store.Packs.Load(run.PackHash)!.Value.Name,
            run.PackHash,
            run.Attempt,
            state.Tally,
            state.Totals.Sheet(),
            [.. store.Quarantine.Of(run.RunId).Select(q => q.Customer)],
            store.Quarantine.Retried(run.RunId),
            Closing.FaultsIn(run.Error),
            Examples: [],
            Duration: null,
            run.StartedAt,
            run.FinishedAt
        );
    }

    /// <summary>The command that starts such a run.</summary>
    public static string Command(Run run) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"planning run {run.Job} --as-of {run.BusinessDate:yyyy-MM-dd}"
        );
}
