namespace PlanningServices.Rules.Decisions;

/// <summary>All that was decided for one customer, and what follows from it.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Decisions">The decisions of all rule sets, in the order of the rule sets, then of subject ids.</param>
/// <param name="Effects">What the decisions do to each voucher that exists as of the business date.</param>
/// <param name="Money">
/// The money behind the payment and reconciliation decisions, one entry for each payment request and payment that
/// exists as of the business date: what the control totals are summed from.
/// </param>
public sealed record CustomerDecisions(
    string CustomerId,
    IReadOnlyList<Decision> Decisions,
    IReadOnlyList<VoucherEffect> Effects,
    IReadOnlyList<MoneyLine> Money
);

/// <summary>All that was decided for payments that name only an invoice number.</summary>
/// <param name="Decisions">A reconciliation decision for each payment that exists as of the business date.</param>
/// <param name="Money">The money behind each of them.</param>
public sealed record InvoicePaymentDecisions(
    IReadOnlyList<Decision> Decisions,
    IReadOnlyList<MoneyLine> Money
);

/// <summary>What the decisions do to one voucher.</summary>
/// <param name="VoucherId">The voucher.</param>
/// <param name="AgreementId">The agreement whose days it draws.</param>
/// <param name="Status">The status its row gets.</param>
/// <param name="DaysReturned">Days that go back to the agreement: the voucher's days if they were returned, else 0.</param>
public sealed record VoucherEffect(
    string VoucherId,
    string AgreementId,
    VoucherStatus Status,
    int DaysReturned
);

/// <summary>How far a voucher has come.</summary>
public enum VoucherStatus
{
    /// <summary>Created, nothing more.</summary>
    Created,

    /// <summary>Assigned to a project manager.</summary>
    Assigned,

    /// <summary>Reserved by a partner.</summary>
    Reserved,

    /// <summary>The engagement is completed.</summary>
    Delivered,

    /// <summary>Ran out before it was validly redeemed.</summary>
    Expired,

    /// <summary>Validly redeemed.</summary>
    Redeemed,

    /// <summary>Not allowed under the programme's retirement.</summary>
    Void,

    /// <summary>Cancelled.</summary>
    Cancelled,
}

/// <summary>The money of one payment request or payment, for the control totals.</summary>
/// <param name="Subject"><see cref="SubjectType.PaymentRequest"/> or <see cref="SubjectType.Payment"/>.</param>
/// <param name="SubjectId">Its key.</param>
/// <param name="Outcome">Its reconciliation outcome.</param>
/// <param name="Currency">ISO 4217 code of the amounts.</param>
/// <param name="Approved">Approved amount of a request; 0 for a payment.</param>
/// <param name="Paid">For a request, the payments matched to it in its currency; for a payment, its amount.</param>
public sealed record MoneyLine(
    SubjectType Subject,
    string SubjectId,
    string Outcome,
    string Currency,
    decimal Approved,
    decimal Paid
);
