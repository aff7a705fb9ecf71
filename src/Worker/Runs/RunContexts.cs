using PlanningServices.Rules;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Runs;

/// <summary>What runs decide by, loaded once for a run however many of its partitions are worked on here.</summary>
internal sealed class RunContexts(RuleBook book)
{
    private readonly Lock gate = new();
    private (long RunId, RunContext Material)? latest;

    /// <summary>What a stored run decides by: the pack it is pinned to, and the facts that cross customers.</summary>
    public RunContext Of(Store store, Run run)
    {
        lock (gate)
        {
            if (latest is not { } known || known.RunId != run.RunId)
            {
                latest = known = (
                    run.RunId,
                    Load(
                        store,
                        Job.Named(run.Job),
                        run.BusinessDate,
                        ActivePolicies.Load(store, run.PackHash),
                        run.IsOrdinary ? run.RunId : null
                    )
                );
            }

            return known.Material;
        }
    }

    /// <summary>What is decided by where nothing is applied.</summary>
    public RunContext Load(Store store, Job job, DateOnly businessDate, PolicyPack pack) =>
        Load(store, job, businessDate, pack, dueIn: null);

    private RunContext Load(Store store, Job job, DateOnly businessDate, PolicyPack pack, long? dueIn) =>
        new(
            job,
            businessDate,
            pack,
            book,
            dueIn is { } runId ? store.Facts.LoadReferenceData(runId) : store.Facts.LoadReferenceData()
        )
        {
            DueIn = dueIn,
        };

    /// <summary>Refuses a date that the pack knows nothing about, before there is a run.</summary>
    public void Check(PolicyPack pack, DateOnly businessDate) =>
        book.Open(pack, ReferenceData.None, businessDate);
}
