namespace PlanningServices.Worker.Finance;

/// <summary>A part of a payment that is for a request, as finance reads it. Partner and customer are those of the request.</summary>
internal sealed record AllocationLine
{
    public required string PaymentId { get; init; }
    public required string PaymentInvoice { get; init; }
    public required string RequestId { get; init; }
    public required string RequestInvoice { get; init; }
    public required string PartnerId { get; init; }
    public required string PartnerName { get; init; }
    public required string CustomerId { get; init; }
    public required DateOnly AllocatedOn { get; init; }

    /// <summary>That of the payment, ISO 4217 code.</summary>
    public required string Currency { get; init; }

    public required decimal Amount { get; init; }

    /// <summary>The amount, or 0 where it does not count.</summary>
    public required decimal Counted { get; init; }

    /// <summary>Who allocated it here; absent where it was imported.</summary>
    public required string? By { get; init; }

    public required string? Reason { get; init; }
    public required DateTimeOffset? At { get; init; }

    /// <summary>The second person; absent where none was needed.</summary>
    public required string? ConfirmedBy { get; init; }
}
