using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>Every payment is for one request. (Planning Services process)</summary>
[Name("Payment without a request")]
[Tag("REC-UNMATCHED")]
[Description("The payment is for no request that can be identified, and none of its allocations counts.")]
internal sealed class PaymentUnmatched : Rule
{
    public override void Define()
    {
        PaymentMatch match = null!;

        When()
            .Match(
                () => match,
                m =>
                    (m.AllocationShares.Count == 0 && m.Candidates.Count != 1)
                    || (m.AllocationShares.Count > 0 && m.Allocated == 0)
            );
        Then().Yield(ctx => ctx.Found(match, WhatIsMissing(match), WhatWasLookedAt(match)));
    }

    private static Evidence[] WhatWasLookedAt(PaymentMatch match) =>
        match.AllocationShares.Count > 0
            ? [Evidence.Of("payment_allocations", match.AllocationShares.Count)]
            :
            [
                Evidence.Of("payment.request_id", match.Payment.RequestId),
                Evidence.Of("payment.invoice_number", match.Payment.InvoiceNumber),
                Evidence.Of("payment_requests", match.Candidates.Count),
            ];

    private static FormattableString WhatIsMissing(PaymentMatch match) =>
        (match.Payment.RequestId, match.Candidates.Count) switch
        {
            _ when match.AllocationShares.Count > 0 => $"No allocation of the payment counts.",
            (not null, _) =>
                $"The payment names request {match.Payment.RequestId}, which is not submitted yet.",
            (null, 0) => $"No request has invoice number {match.Payment.InvoiceNumber}.",
            (null, _) =>
                $"{match.Candidates.Count} requests have invoice number {match.Payment.InvoiceNumber}, and the payment names none of them.",
        };
}
