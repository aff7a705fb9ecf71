using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.RuleSets.Retirement;

/// <summary>A voucher beside its engagement: what the rules of <c>retirement</c> look at.</summary>
internal sealed class RetirementCase(Voucher voucher, Engagement engagement, PolicyTerms terms)
    : Case<RetirementOutcome>
{
    public override string SubjectId => Voucher.VoucherId;

    /// <summary>The voucher as of the business date.</summary>
    public Voucher Voucher { get; } = voucher;

    public Engagement Engagement { get; } = engagement;

    public PolicyTerms Terms { get; } = terms;

    /// <summary>Such a voucher counts for nothing.</summary>
    public bool IsVoidOrCancelled => Outcome is RetirementOutcome.Void or RetirementOutcome.Cancelled;
}
