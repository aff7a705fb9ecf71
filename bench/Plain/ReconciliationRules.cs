namespace PlanningServices.Plain;

/// <summary>A payment, decided, and the request it matches.</summary>
internal sealed record PaymentDecision(Payment Payment, Request? Request, string Outcome, string Codes)
    : Decision("reconciliation", "payment", Payment.PaymentId, Outcome, Codes);

internal sealed class DecidePayment : Rule
{
    public override void Define()
    {
        Payment payment = null!;
        IEnumerable<Request> requests = null!;
        Priority(Priorities.Match);
        When()
            .Match(() => payment)
            .Query(
                () => requests,
                q =>
                    q.Match<Request>(r =>
                            payment.RequestId == null
                                ? r.InvoiceNumber == payment.InvoiceNumber
                                : r.RequestId == payment.RequestId
                        )
                        .Collect()
            );
        Then().Yield(_ => Decide(payment, requests));
    }

    private static PaymentDecision Decide(Payment payment, IEnumerable<Request> requests) =>
        requests.Count() != 1 ? new(payment, null, "Unmatched", "REC-UNMATCHED")
        : requests.Single().Currency != payment.Currency
            ? new(payment, requests.Single(), "CurrencyMismatch", "REC-CURRENCY")
        : new(payment, requests.Single(), "Matched", "");
}

internal sealed record AccountDecision(Request Request, string Outcome, string Codes)
    : Decision("reconciliation", "payment_request", Request.RequestId, Outcome, Codes);

internal sealed class DecideAccount : Rule
{
    public override void Define()
    {
        RequestDecision request = null!;
        IEnumerable<PaymentDecision> payments = null!;
        Priority(Priorities.Account);
        When()
            .Match(() => request)
            .Query(
                () => payments,
                q =>
                    q.Match<PaymentDecision>(p => p.Outcome == "Matched", p => p.Request == request.Request)
                        .Collect()
            );
        Then().Yield(_ => Decide(request, payments));
    }

    private static AccountDecision Decide(RequestDecision decided, IEnumerable<PaymentDecision> payments)
    {
        var (request, approved) = (decided.Request, decided.Approved);
        var paid = payments.Sum(p => p.Payment.Amount);
        var due = request.SubmittedOn.AddDays(decided.Policy.PaymentDays);
        return paid > 0 && decided.Outcome != "Approved" ? new(request, "PaidNotApproved", "REC-NOT-APPROVED")
            : payments.Count(p => p.Payment.Amount == approved) >= 2
                ? new(request, "PaidTwice", "REC-PAID-TWICE")
            : paid > approved ? new(request, "Overpaid", "REC-OVERPAID")
            : approved == 0 ? new(request, "NothingDue", "")
            : paid == approved ? new(request, "Paid", "")
            : paid > 0 ? new(request, "PartlyPaid", "REC-PARTLY-PAID")
            : decided.Policy.Today > due ? new(request, "Overdue", "REC-OVERDUE")
            : new(request, "Due", "");
    }
}
