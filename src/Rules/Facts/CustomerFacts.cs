namespace PlanningServices.Rules.Facts;

/// <summary>
/// Everything that belongs to one customer, as imported: the as-of view is taken when it is decided, not here.
/// Each list is in ordinal order of its key.
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
    /// The payments that name one of those requests, and the payments that name no request but the invoice
    /// number of one of them.
    /// </summary>
    public IReadOnlyList<Payment> Payments { get; init; } = [];

    /// <summary>
    /// Requests of other customers that carry an invoice number by which one of <see cref="Payments"/> is to be
    /// matched: with more than one request for it, an invoice number matches none.
    /// </summary>
    public IReadOnlyList<PaymentRequest> OthersRequests { get; init; } = [];
}

/// <summary>A payment that names no request, with every request, of any customer, that carries its invoice number.</summary>
/// <param name="Payment">The payment; its <see cref="Payment.RequestId"/> is absent.</param>
/// <param name="Candidates">The requests with that invoice number, in ordinal order of their ids.</param>
public sealed record InvoicePayment(Payment Payment, IReadOnlyList<PaymentRequest> Candidates);
