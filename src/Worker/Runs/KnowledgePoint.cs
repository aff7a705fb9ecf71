using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>From which imports a past date is looked at.</summary>
internal sealed class KnowledgePoint
{
    private readonly Func<Store, Run?, long?> import;

    private KnowledgePoint(Func<Store, Run?, long?> import) => this.import = import;

    /// <summary>From all imports so far.</summary>
    public static KnowledgePoint Now { get; } = new((store, _) => store.Imports.KnowledgePoint());

    /// <summary>From those that the run of the date knew; from all where it was not run.</summary>
    public static KnowledgePoint OfRun { get; } = new((_, run) => run?.KnowledgePoint);

    /// <summary>From those up to one of them.</summary>
    public static KnowledgePoint Import(long importId) => new((_, _) => importId);

    /// <summary>The last import that is known; absent where it is that of a run, and there is none.</summary>
    public long? Of(Store store, Run? run) => import(store, run);
}
