using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>
/// An allocation beside its request and what is left of its payment: what the rules of <c>reconciliation</c> look at first.
/// An allocation with a finding does not count.
/// </summary>
/// <param name="allocation">The allocation.</param>
/// <param name="payment">Its payment.</param>
/// <param name="request">Its request, of any customer, if it exists.</param>
/// <param name="left">The amount of the payment without the allocations before this one that count.</param>
internal sealed class AllocationShare(
    PaymentAllocation allocation,
    Payment payment,
    PaymentRequest? request,
    decimal left
) : Case
{
    /// <summary>The payment: findings on an allocation are about it.</summary>
    public override string SubjectId => Payment.PaymentId;

    public PaymentAllocation Allocation { get; } = allocation;

    public Payment Payment { get; } = payment;

    public PaymentRequest? Request { get; } = request;

    /// <summary>What is left of the payment for this allocation, and those after it.</summary>
    public decimal Left { get; } = left;

    /// <summary>What is allocated, if the allocation counts, else 0; only once the rules have fired.</summary>
    public decimal Counted => Findings.Count == 0 ? Allocation.Amount : 0m;
}
