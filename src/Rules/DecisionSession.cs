using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Eligibility;
using PlanningServices.Rules.Entitlement;
using PlanningServices.Rules.Expiry;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Reconciliation;
using PlanningServices.Rules.Retirement;

namespace PlanningServices.Rules;

/// <summary>Decides customers as of one business date under one policy pack; used for one chunk after another.</summary>
public sealed class DecisionSession
{
    /// <summary>
    /// So few that what is in the rule sessions stays in the processor's cache: with 500 at once, a voucher takes
    /// more than twice as long.
    /// </summary>
    private const int CustomersAtOnce = 1;

    private readonly PolicyTerms terms;
    private readonly RetirementRuleSet retirement;
    private readonly ExpiryRuleSet expiry;
    private readonly EntitlementRuleSet entitlement;
    private readonly EligibilityRuleSet eligibility;
    private readonly PaymentRuleSet payment;
    private readonly ReconciliationRuleSet reconciliation;

    internal DecisionSession(RuleBook book, PolicyTerms terms, ReferenceData reference)
    {
        Book = book;
        this.terms = terms;
        retirement = new(book.Retirement.Open(), terms);
        expiry = new(book.Expiry.Open(), terms);
        entitlement = new(book.Entitlement.Open(), terms);
        eligibility = new(book.Eligibility.Open(), terms, reference);
        payment = new(book.Payment.Open(), terms, reference);
        reconciliation = new(book.Reconciliation.Open(), terms);
    }

    /// <summary>The book it decides with, which keeps the rules loaded that came with the pack.</summary>
    internal RuleBook Book { get; }

    /// <summary>
    /// Decides all that belongs to the given customers, in their order. The decisions for a customer do not depend
    /// on which others are given with it.
    /// </summary>
    /// <exception cref="UndecidableFactsException">A fact of a customer refers to something that does not exist.</exception>
    /// <exception cref="Policies.PolicyNotInForceException">
    /// A date of a customer's facts is before the first version of a parameter. After this or the other exception
    /// the session stays usable; to find out which customer it was, decide them one by one.
    /// </exception>
    public IReadOnlyList<CustomerDecisions> Decide(IReadOnlyList<CustomerFacts> customers)
    {
        var decisions = new List<CustomerDecisions>(customers.Count);
        foreach (var some in customers.Chunk(CustomersAtOnce))
        {
            foreach (var customer in Decided(some).Customers)
            {
                decisions.Add(customer.Result());
            }
        }

        return decisions;
    }

    /// <summary>
    /// Decides the reconciliation of payments that name only an invoice number. Where one request carries it, the
    /// request's customer counts the payment as paid, too.
    /// </summary>
    public InvoicePaymentDecisions Decide(IReadOnlyList<InvoicePayment> payments) =>
        reconciliation.Decide(reconciliation.MatchesOf(payments));

    /// <summary>Why a customer's voucher, agreement, payment request or payment has its decisions.</summary>
    /// <returns>Null where the facts hold no such subject as of the business date.</returns>
    /// <exception cref="UndecidableFactsException">As for deciding.</exception>
    /// <exception cref="Policies.PolicyNotInForceException">As for deciding.</exception>
    public Explanation? Explain(CustomerFacts customer, SubjectType subject, string subjectId)
    {
        var decided = Decided([customer]);
        return subject switch
        {
            SubjectType.Voucher => decided.Vouchers.Find(v => v.VoucherId == subjectId) is { } voucher
                ? Explain(voucher)
                : null,
            SubjectType.Agreement => decided.Agreements.Find(a => a.AgreementId == subjectId) is { } agreement
                ? Explain(agreement)
                : null,
            SubjectType.PaymentRequest => decided.Requests.Find(r => r.RequestId == subjectId) is { } request
                ? Explain(request)
                : null,
            SubjectType.Payment => decided.Customers[0].Matches.Find(m => m.PaymentId == subjectId)
                is { } match
                ? Explain(
                    match,
                    decided
                        .Customers[0]
                        .DecisionOn(SubjectType.Payment, subjectId, RuleSetName.Reconciliation)!
                )
                : null,
        };
    }

    /// <summary>Why a payment that names only an invoice number has its decision.</summary>
    /// <returns>Null where it is not paid yet as of the business date.</returns>
    public Explanation? Explain(InvoicePayment payment)
    {
        var matches = reconciliation.MatchesOf([payment]);
        return matches is [var match] ? Explain(match, reconciliation.Decide(matches).Decisions[0]) : null;
    }

    private Explanation Explain(DecidedVoucher voucher) =>
        new(
            SubjectType.Voucher,
            voucher.VoucherId,
            terms.BusinessDate,
            FactSheet.Of(voucher.Voucher, voucher.Customer.CustomerId),
            [
                retirement.Explain(voucher),
                expiry.Explain(voucher),
                eligibility.Explain(voucher),
                payment.Explain(voucher),
            ]
        );

    private Explanation Explain(DecidedAgreement agreement) =>
        new(
            SubjectType.Agreement,
            agreement.AgreementId,
            terms.BusinessDate,
            FactSheet.Of(agreement.Agreement, agreement.Grants),
            [entitlement.Explain(agreement)]
        );

    private Explanation Explain(DecidedRequest request) =>
        new(
            SubjectType.PaymentRequest,
            request.RequestId,
            terms.BusinessDate,
            FactSheet.Of(request.Request),
            [payment.Explain(request), reconciliation.Explain(request)]
        );

    private Explanation Explain(PaymentMatch match, Decision decision) =>
        new(
            SubjectType.Payment,
            match.PaymentId,
            terms.BusinessDate,
            FactSheet.Of(match.Payment),
            [reconciliation.Explain(match, decision)]
        );

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
