namespace PlanningServices.Rules.Facts;

/// <summary>What a partner sends to be paid for a redemption.</summary>
/// <param name="RequestId">Key.</param>
/// <param name="VoucherId">The voucher redeemed.</param>
/// <param name="LocationId">The partner location that asks to be paid.</param>
/// <param name="SubmittedOn">The day it was sent; before it the request does not exist.</param>
/// <param name="Amount">The amount asked for, in <paramref name="Currency"/>; more than 0, two decimals.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="InvoiceNumber">The partner's own number.</param>
public sealed record PaymentRequest(
    string RequestId,
    string VoucherId,
    string LocationId,
    DateOnly SubmittedOn,
    decimal Amount,
    string Currency,
    string InvoiceNumber
);

/// <summary>Money that finance says it paid.</summary>
/// <param name="PaymentId">Key.</param>
/// <param name="RequestId">The request it pays, where finance names one.</param>
/// <param name="InvoiceNumber">The invoice it pays; decides alone where no request is named.</param>
/// <param name="PaidOn">The day it was paid; before it the payment does not exist.</param>
/// <param name="Amount">The amount paid, in <paramref name="Currency"/>; more than 0, two decimals.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record Payment(
    string PaymentId,
    string? RequestId,
    string InvoiceNumber,
    DateOnly PaidOn,
    decimal Amount,
    string Currency
);

/// <summary>
/// A share of a payment that is for one request. A remittance may cover several requests, of several customers.
/// </summary>
/// <param name="PaymentId">The payment; key together with <paramref name="RequestId"/>.</param>
/// <param name="RequestId">The request that the share is for.</param>
/// <param name="Amount">The share, in the currency of the payment; more than 0, two decimals.</param>
/// <param name="AllocatedOn">The day it was decided; before it the allocation does not exist.</param>
public sealed record PaymentAllocation(
    string PaymentId,
    string RequestId,
    decimal Amount,
    DateOnly AllocatedOn
);
