using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Engine;

/// <summary>What the rules of a rule set look at: a fact beside what is derived for it. Its rules add findings to it.</summary>
internal abstract class Case
{
    private List<Finding>? findings;

    /// <summary>The key of the subject that findings are about.</summary>
    public abstract string SubjectId { get; }

    /// <summary>What rules of a pack can look at beside it; there once it came into a session of a customer.</summary>
    public CustomerData? Customer { get; set; }

    /// <summary>What the rules found, once they have fired.</summary>
    public IReadOnlyList<Finding> Findings => findings ?? (IReadOnlyList<Finding>)[];

    public void Add(Finding finding) => (findings ??= []).Add(finding);
}

/// <summary>A case that a decision is made on. Later rule sets read its outcome.</summary>
internal abstract class Case<TOutcome> : Case
    where TOutcome : struct, Enum
{
    /// <summary>What was decided; only once it was.</summary>
    public TOutcome Outcome { get; set; }
}

/// <summary>What a query of a rule makes of one case: why the rule does not hold for the case is then known of it too.</summary>
internal interface IAboutCase
{
    Case Case { get; }
}
