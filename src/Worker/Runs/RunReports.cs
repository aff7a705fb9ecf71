using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
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
        )
        {
            FullBecause = run.FullBecause,
        };
    }

    /// <summary>
    /// What changed since the completed run of the same job before; null where there is none, or the run did not come to its
    /// end.
    /// </summary>
    public static ChangesSince? ChangesSincePrevious(Store store, Run run, RunReport report)
    {
        var previous = store
            .Runs.List()
            .FirstOrDefault(r => r.Job == run.Job && r.RunId < run.RunId && RunStore.IsCompleted(r.Status));
        if (previous is null || !report.IsComplete)
        {
            return null;
        }

        var before = Counts(Of(store, previous));
        var after = Counts(report);
        return new(
            previous.RunId,
            previous.BusinessDate,
            [
                .. before
                    .Keys.Union(after.Keys)
                    .OrderBy(key => key.RuleSet)
                    .ThenBy(key => key.Subject)
                    .ThenBy(key => key.Outcome, StringComparer.Ordinal)
                    .Select(key => new OutcomeChange(
                        key.RuleSet,
                        key.Subject,
                        key.Outcome,
                        before.GetValueOrDefault(key),
                        after.GetValueOrDefault(key)
                    ))
                    .Where(change => change.Before != change.After),
            ]
        );

        static Dictionary<(RuleSetName RuleSet, SubjectType Subject, string Outcome), long> Counts(
            RunReport of
        ) => of.Totals.Outcomes.ToDictionary(o => (o.RuleSet, o.Subject, o.Outcome), o => o.Count);
    }

    /// <summary>The command that starts such a run.</summary>
    public static string Command(Run run) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"planning run {run.Job} --as-of {run.BusinessDate:yyyy-MM-dd}"
        );
}

/// <summary>What a run changed in the counts of the run before.</summary>
/// <param name="RunId">The run before.</param>
/// <param name="BusinessDate">Its date.</param>
/// <param name="Outcomes">The outcomes with another count.</param>
internal sealed record ChangesSince(long RunId, DateOnly BusinessDate, IReadOnlyList<OutcomeChange> Outcomes);

/// <summary>How many decisions of a rule set had an outcome before, and have it now.</summary>
internal sealed record OutcomeChange(
    RuleSetName RuleSet,
    SubjectType Subject,
    string Outcome,
    long Before,
    long After
);
