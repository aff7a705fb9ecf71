using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>A payment is allocated to requests that exist, in its currency, and once only. (the programme's own term)</summary>
[Name("Allocation that does not count")]
[Tag("REC-ALLOCATION")]
[Description(
    "An allocation is for a request that is not submitted yet or is in another currency, or for more than is left of the payment."
)]
internal sealed class AllocationNotCounted : Rule
{
    public override void Define()
    {
        AllocationShare share = null!;

        When()
            .Match(
                () => share,
                s =>
                    s.Request == null
                    || s.Request.Currency != s.Payment.Currency
                    || s.Allocation.Amount > s.Left
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    share,
                    // Findings of one code are listed by their sentences: these begin with the order of the allocations.
                    $"On {share.Allocation.AllocatedOn}, request {share.Allocation.RequestId} was allocated {share.Allocation.Amount} {share.Payment.Currency}, which do not count: {Why(share)}.",
                    Evidence.Of("payment_allocation.request_id", share.Allocation.RequestId),
                    Evidence.Of("payment_allocation.allocated_on", share.Allocation.AllocatedOn),
                    Evidence.Of("payment_allocation.amount", share.Allocation.Amount),
                    Evidence.Of("payment.currency", share.Payment.Currency),
                    Evidence.Of("payment_request.currency", CurrencyOf(share)),
                    Evidence.Of("payment.left", share.Left)
                )
            );
    }

    private static string? CurrencyOf(AllocationShare share) => share.Request?.Currency;

    private static string Why(AllocationShare share) =>
        share.Request is not { } request ? "the request is not submitted yet"
        : request.Currency != share.Payment.Currency ? $"the request is in {request.Currency}"
        : TextFormat.Of($"only {share.Left} are left of the payment");
}
