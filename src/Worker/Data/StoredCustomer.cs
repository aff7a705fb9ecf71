using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Data;

/// <summary>Some customers in ordinal order, read together; whole customers only.</summary>
internal sealed record CustomerChunk(IReadOnlyList<StoredCustomer> Customers)
{
    /// <summary>The last customer in it; the next chunk is read after this.</summary>
    public string LastCustomerId => Customers[^1].Facts.CustomerId;
}

/// <summary>A customer as stored: its facts, and what earlier runs left.</summary>
/// <param name="Facts">All its facts.</param>
/// <param name="Decisions">
/// The current decisions of all its subjects, also of those that do not exist as of the business date.
/// </param>
/// <param name="Days">The balance in the days ledger of each voucher ever booked on one of its agreements.</param>
/// <param name="Statuses">
/// The stored status of each voucher, in the order of <see cref="CustomerFacts.Vouchers"/>; null before its first run. Absent
/// with the decisions of a past run: which status a voucher had then is not kept.
/// </param>
internal sealed record StoredCustomer(
    CustomerFacts Facts,
    IReadOnlyList<StoredDecision> Decisions,
    IReadOnlyList<StoredDays> Days,
    IReadOnlyList<VoucherStatus?>? Statuses
)
{
    /// <summary>Why it is decided on an ordinary night; absent where everyone is decided.</summary>
    public DueReason? Due { get; init; }
}

/// <summary>A current decision as stored, without its findings.</summary>
internal readonly record struct StoredDecision(
    RuleSetName RuleSet,
    SubjectType Subject,
    string SubjectId,
    string Outcome,
    string Codes,
    string Details
);

/// <summary>The days a voucher has given back to an agreement, returns less reversals; 0 after a reversal.</summary>
internal readonly record struct StoredDays(string AgreementId, string VoucherId, int Days);

/// <summary>Some partners in ordinal order, read together.</summary>
internal sealed record PartnerChunk(IReadOnlyList<StoredPartner> Partners)
{
    /// <summary>The last partner in it; the next chunk is read after this.</summary>
    public string LastPartnerId => Partners[^1].Facts.PartnerId;
}

/// <summary>A partner as stored: its facts, and the current decisions about it.</summary>
internal sealed record StoredPartner(PartnerFacts Facts, IReadOnlyList<StoredDecision> Decisions)
{
    /// <summary>Why it is decided on an ordinary night; absent where everyone is decided.</summary>
    public DueReason? Due { get; init; }
}

/// <summary>Some payments that name no request, in ordinal order of their ids, with their stored decisions.</summary>
internal sealed record InvoicePaymentChunk(IReadOnlyList<StoredInvoicePayment> Payments)
{
    /// <summary>The last payment in it; the next chunk is read after this.</summary>
    public string LastPaymentId => Payments[^1].Facts.Payment.PaymentId;
}

/// <summary>A payment that names no request, and its current decision, if it has one.</summary>
internal sealed record StoredInvoicePayment(InvoicePayment Facts, StoredDecision? Decision);
