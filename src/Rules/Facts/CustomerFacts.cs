namespace PlanningServices.Rules.Facts;

/// <summary>
/// Everything that belongs to one customer, as imported or, from <see cref="AsOf"/>, as it was on a date. Each list is
/// in ordinal order of its key.
/// </summary>
public sealed record CustomerFacts
{
    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The customer's agreements.</summary>
    public IReadOnlyList<Agreement> Agreements { get; init; } = [];

    /// <summary>The grants on those agreements.</summary>
    public IReadOnlyList<EntitlementGrant> Grants { get; init; } = [];

    /// <summary>The vouchers on those agreements.</summary>
    public IReadOnlyList<Voucher> Vouchers { get; init; } = [];

    /// <summary>The payment requests for those vouchers.</summary>
    public IReadOnlyList<PaymentRequest> Requests { get; init; } = [];

    /// <summary>
    /// The payments that name one of those requests, and the payments that name no request but carry the invoice
    /// number of one of them, or are allocated to one of them.
    /// </summary>
    public IReadOnlyList<Payment> Payments { get; init; } = [];

    /// <summary>The payments that name a request of another customer, and are allocated to one of those requests.</summary>
    public IReadOnlyList<Payment> OthersPayments { get; init; } = [];

    /// <summary>
    /// All allocations of all those payments, to requests of any customer, by payment, then request: whether one counts
    /// depends on those before it.
    /// </summary>
    public IReadOnlyList<PaymentAllocation> Allocations { get; init; } = [];

    /// <summary>
    /// Requests of other customers, each once: those that carry an invoice number by which one of <see cref="Payments"/> is
    /// to be matched, since with more than one request for it an invoice number matches none, and those that one of
    /// <see cref="Allocations"/> is for.
    /// </summary>
    public IReadOnlyList<PaymentRequest> OthersRequests { get; init; } = [];

    /// <summary>
    /// The facts as they were on a date: an event dated after it has not happened yet, and a fact that starts after it
    /// does not exist yet. The only way from imported facts to the rules, so that no rule can see the future.
    /// </summary>
    public CustomerFacts AsOf(BusinessDate date) =>
        this with
        {
            Agreements = Sorted([.. Agreements], a => a.AgreementId),
            Grants = Sorted(Grants.Known(date, g => g.GrantedOn), g => g.GrantId),
            Vouchers = Sorted(
                Vouchers.Known(date, v => v.CreatedOn).ConvertAll(v => v.AsOf(date)),
                v => v.VoucherId
            ),
            Requests = Sorted(Requests.Known(date, r => r.SubmittedOn), r => r.RequestId),
            Payments = Sorted(Payments.Known(date, p => p.PaidOn), p => p.PaymentId),
            OthersPayments = Sorted(OthersPayments.Known(date, p => p.PaidOn), p => p.PaymentId),
            Allocations = Allocations.Known(date, a => a.AllocatedOn),
            OthersRequests = Sorted(OthersRequests.Known(date, r => r.SubmittedOn), r => r.RequestId),
        };

    /// <summary>Facts almost always come in order, so that is checked before they are sorted.</summary>
    private static List<T> Sorted<T>(List<T> facts, Func<T, string> key)
    {
        for (var i = 1; i < facts.Count; i++)
        {
            if (string.CompareOrdinal(key(facts[i - 1]), key(facts[i])) > 0)
            {
                facts.Sort((a, b) => string.CompareOrdinal(key(a), key(b)));
                break;
            }
        }

        return facts;
    }
}

/// <summary>A payment that names no request, with every request, of any customer, that carries its invoice number.</summary>
/// <param name="Payment">The payment; its <see cref="Payment.RequestId"/> is absent.</param>
/// <param name="Candidates">The requests with that invoice number, in ordinal order of their ids.</param>
public sealed record InvoicePayment(Payment Payment, IReadOnlyList<PaymentRequest> Candidates)
{
    /// <summary>All allocations of the payment.</summary>
    public IReadOnlyList<PaymentAllocation> Allocations { get; init; } = [];

    /// <summary>The requests that the allocations are for, each once.</summary>
    public IReadOnlyList<PaymentRequest> AllocatedRequests { get; init; } = [];
}
