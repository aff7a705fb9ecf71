using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>A payment beside the requests it may be for.</summary>
/// <param name="payment">The payment.</param>
/// <param name="request">The request it is for; absent where there is none, or no single one.</param>
/// <param name="candidates">How many requests it may be for.</param>
internal sealed class PaymentMatch(Payment payment, PaymentRequest? request, int candidates)
{
    public Payment Payment => payment;

    public string PaymentId => payment.PaymentId;

    public string? NamedRequestId => payment.RequestId;

    public string InvoiceNumber => payment.InvoiceNumber;

    public decimal Amount => payment.Amount;

    public string Currency => payment.Currency;

    public PaymentRequest? Request => request;

    public int Candidates => candidates;
}
