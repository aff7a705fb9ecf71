using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>
/// A payment beside the requests it may be for: what the rules of <c>reconciliation</c> look at for a payment when those
/// for allocations have fired.
/// </summary>
internal sealed class PaymentMatch : Case<PaymentOutcome>
{
    /// <summary>A payment, to be decided.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="candidates">
    /// The request that it names, if that exists; where it names none, all requests, of any customer, with its invoice
    /// number.
    /// </param>
    /// <param name="shares">Its allocations, in their order. If it has any, they alone match it.</param>
    /// <param name="terms">The policy values.</param>
    public PaymentMatch(
        Payment payment,
        IReadOnlyList<PaymentRequest> candidates,
        IReadOnlyList<AllocationShare> shares,
        PolicyTerms terms
    )
    {
        Payment = payment;
        Candidates = shares.Count == 0 ? candidates : [];
        AllocationShares = shares;
        Terms = terms;
        foreach (var share in shares)
        {
            Allocated += share.Counted;
            foreach (var finding in share.Findings)
            {
                Add(finding);
            }
        }
    }

    public override string SubjectId => Payment.PaymentId;

    public Payment Payment { get; }

    public PolicyTerms Terms { get; }

    /// <summary>The requests it may be for; none where it is allocated.</summary>
    public IReadOnlyList<PaymentRequest> Candidates { get; }

    /// <summary>The request it may be for, if there is exactly one, and it is not allocated.</summary>
    public PaymentRequest? Request => Candidates is [var only] ? only : null;

    /// <summary>Its allocations, in their order.</summary>
    public IReadOnlyList<AllocationShare> AllocationShares { get; }

    /// <summary>The same as facts.</summary>
    public IReadOnlyList<PaymentAllocation> Allocations => [.. AllocationShares.Select(s => s.Allocation)];

    /// <summary>The sum of its allocations that count.</summary>
    public decimal Allocated { get; }

    /// <summary>The payment as what it pays, once decided: with the id of each request, and the amount that is for it.</summary>
    public IEnumerable<(string RequestId, Payment Payment)> Paid() =>
        AllocationShares.Count > 0
            ? AllocationShares
                .Where(s => s.Counted > 0)
                .Select(s => (s.Allocation.RequestId, Payment with { Amount = s.Counted }))
        : Outcome is PaymentOutcome.Matched ? [(Request!.RequestId, Payment)]
        : [];
}
