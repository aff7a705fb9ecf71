using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>
/// A payment beside the requests it may be for: what the rules of <c>reconciliation</c> look at for a payment.
/// </summary>
/// <param name="payment">The payment.</param>
/// <param name="candidates">
/// The request that it names, if that exists; where it names none, all requests, of any customer, with its invoice
/// number.
/// </param>
/// <param name="terms">The policy values.</param>
internal sealed class PaymentMatch(
    Payment payment,
    IReadOnlyList<PaymentRequest> candidates,
    PolicyTerms terms
) : Case<PaymentOutcome>
{
    public override string SubjectId => Payment.PaymentId;

    public Payment Payment { get; } = payment;

    public PolicyTerms Terms { get; } = terms;

    /// <summary>The requests it may be for.</summary>
    public IReadOnlyList<PaymentRequest> Candidates { get; } = candidates;

    /// <summary>The request it may be for, if there is exactly one.</summary>
    public PaymentRequest? Request => Candidates is [var only] ? only : null;
}
