using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>What a run decides: all rule sets and what follows from them, or the decisions of one rule set only.</summary>
/// <param name="Name">As on the command line and in the database.</param>
/// <param name="Only">The one rule set, or absent for all.</param>
internal sealed record Job(string Name, RuleSetName? Only)
{
    /// <summary>All rule sets, the vouchers' status and the days ledger.</summary>
    public static Job Nightly { get; } = new("nightly", null);

    public static IReadOnlyList<Job> All { get; } =
    [Nightly, .. Enum.GetValues<RuleSetName>().Select(ruleSet => new Job(ruleSet.Text(), ruleSet))];

    public static Job Named(string name) =>
        All.Single(job => string.Equals(job.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What its runs go through: nothing that decides none of its rule sets.</summary>
    public IReadOnlyList<RunPhase> Phases =>
        Only switch
        {
            null => [RunPhase.Customers, RunPhase.InvoicePayments, RunPhase.Partners, RunPhase.Closing],
            RuleSetName.Qualification => [RunPhase.Partners, RunPhase.Closing],
            RuleSetName.Reconciliation => [RunPhase.Customers, RunPhase.InvoicePayments, RunPhase.Closing],
            _ => [RunPhase.Customers, RunPhase.Closing],
        };

    /// <summary>Whether its runs go through a phase.</summary>
    public bool Walks(RunPhase phase) => Phases.Contains(phase);

    /// <summary>Whether its runs write decisions of the rule set.</summary>
    public bool Decides(RuleSetName ruleSet) => Only is null || Only == ruleSet;
}
