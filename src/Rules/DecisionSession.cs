using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Eligibility;
using PlanningServices.Rules.Entitlement;
using PlanningServices.Rules.Expiry;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Reconciliation;
using PlanningServices.Rules.Retirement;

namespace PlanningServices.Rules;

/// <summary>Decides customers as of one business date under one policy pack; used for one chunk after another.</summary>
public sealed class DecisionSession
{
    private readonly PolicyTerms terms;
    private readonly RetirementRuleSet retirement;
    private readonly ExpiryRuleSet expiry;
    private readonly EntitlementRuleSet entitlement;
    private readonly EligibilityRuleSet eligibility;
    private readonly PaymentRuleSet payment;
    private readonly ReconciliationRuleSet reconciliation;

    internal DecisionSession(RuleBook book, PolicyTerms terms, ReferenceData reference)
    {
        this.terms = terms;
        retirement = new(book.Retirement.Open(), terms);
        expiry = new(book.Expiry.Open(), terms);
        entitlement = new(book.Entitlement.Open(), terms);
        eligibility = new(book.Eligibility.Open(), terms, reference);
        payment = new(book.Payment.Open(), terms, reference);
        reconciliation = new(book.Reconciliation.Open(), terms);
    }

    /// <summary>
    /// Decides all that belongs to the given customers, in their order. The decisions for a customer do not depend
    /// on which others are given with it.
    /// </summary>
    /// <exception cref="UndecidableFactsException">A fact of a customer refers to something that does not exist.</exception>
    /// <exception cref="Policies.PolicyNotInForceException">
    /// A date of a customer's facts is before the first version of a parameter. After this or the other exception
    /// the session stays usable; to find out which customer it was, decide them one by one.
    /// </exception>
    public IReadOnlyList<CustomerDecisions> Decide(IReadOnlyList<CustomerFacts> customers) =>
        Decided(customers).Customers.ConvertAll(c => c.Result());

    /// <summary>
    /// Decides the reconciliation of payments that name only an invoice number. Where one request carries it, the
    /// request's customer counts the payment as paid, too.
    /// </summary>
    public InvoicePaymentDecisions Decide(IReadOnlyList<InvoicePayment> payments) =>
        reconciliation.Decide(payments);

    private Chunk Decided(IReadOnlyList<CustomerFacts> customers)
    {
        var chunk = new Chunk(customers, terms);
        retirement.Decide(chunk);
        expiry.Decide(chunk);
        entitlement.Decide(chunk);
        eligibility.Decide(chunk);
        payment.Decide(chunk);
        reconciliation.Decide(chunk);
        return chunk;
    }
}
