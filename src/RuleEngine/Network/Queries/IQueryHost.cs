namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>The step of a rule that a query belongs to.</summary>
internal interface IQueryHost
{
    /// <summary>Fills the bindings for the partial match of a run.</summary>
    void LoadRun(QueryRun run);

    int AddResult(int token, Fact fact);

    void UpdateResult(int child);

    void RemoveResult(int child);
}
