using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Simulation;

/// <summary>A decision that is another one under another policy pack.</summary>
/// <param name="BusinessDate">The day both are for.</param>
/// <param name="CustomerId">The customer; empty for a payment that names no request and for a partner with an engagement.</param>
/// <param name="Old">The decision under the old pack; absent where the rule set does not apply under it.</param>
/// <param name="New">The decision under the new pack; absent where the rule set does not apply under it.</param>
/// <param name="Currency">The currency of <paramref name="Money"/>; empty where no money is behind the decision.</param>
/// <param name="Money">Of a payment decision on a request: approved under the new pack less under the old.</param>
/// <param name="Days">
/// Of an entitlement decision: days left under the new pack less under the old. Of an expiry decision: days that the
/// voucher gives back, likewise.
/// </param>
internal sealed record Difference(
    DateOnly BusinessDate,
    string CustomerId,
    Decision? Old,
    Decision? New,
    string Currency,
    decimal Money,
    long Days
)
{
    public RuleSetName RuleSet => (New ?? Old)!.RuleSet;

    public SubjectType Subject => (New ?? Old)!.Subject;

    public string SubjectId => (New ?? Old)!.SubjectId;

    /// <summary>Whether the outcome is another; else only codes or details are.</summary>
    public bool IsFlip => !string.Equals(Old?.Outcome, New?.Outcome, StringComparison.Ordinal);
}
