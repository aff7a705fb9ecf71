using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>Every payment is for one request. (Planning Services process)</summary>
[Name("Payment without a request")]
[Tag("REC-UNMATCHED")]
[Description("The payment is for no request that can be told.")]
internal sealed class PaymentUnmatched : Rule
{
    public override void Define()
    {
        PaymentMatch payment = null!;

        When().Match(() => payment, p => p.Request == null);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    payment.PaymentId,
                    WhatIsMissing(payment),
                    Evidence.Of("payment.request_id", payment.NamedRequestId),
                    Evidence.Of("payment.invoice_number", payment.InvoiceNumber),
                    Evidence.Of("payment_requests", payment.Candidates)
                )
            );
    }

    private static FormattableString WhatIsMissing(PaymentMatch payment) =>
        (payment.NamedRequestId, payment.Candidates) switch
        {
            (not null, _) =>
                $"The payment names request {payment.NamedRequestId}, which is not submitted yet.",
            (null, 0) => $"No request has invoice number {payment.InvoiceNumber}.",
            (null, _) =>
                $"{payment.Candidates} requests have invoice number {payment.InvoiceNumber}, and the payment names none of them.",
        };
}
