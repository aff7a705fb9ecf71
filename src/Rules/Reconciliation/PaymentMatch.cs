using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>
/// A payment beside the requests it may be for: what the rules of <c>reconciliation</c> look at for a payment.
/// </summary>
public sealed class PaymentMatch
{
    internal PaymentMatch(Payment payment, PaymentRequest? request, int candidates)
    {
        Payment = payment;
        Request = request;
        Candidates = candidates;
    }

    /// <summary>The payment.</summary>
    public Payment Payment { get; }

    /// <summary>The request it is for; absent where there is none, or no single one.</summary>
    public PaymentRequest? Request { get; }

    /// <summary>How many requests it may be for.</summary>
    public int Candidates { get; }

    /// <summary>The payment's key: the subject of a finding.</summary>
    public string PaymentId => Payment.PaymentId;

    /// <summary>The request it names, if it names one.</summary>
    public string? NamedRequestId => Payment.RequestId;

    /// <summary>The invoice number it names.</summary>
    public string InvoiceNumber => Payment.InvoiceNumber;

    /// <summary>What was paid, in its currency.</summary>
    public decimal Amount => Payment.Amount;

    /// <summary>ISO 4217 code of the amount.</summary>
    public string Currency => Payment.Currency;
}
