using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Qualification;
using PlanningServices.Rules.RuleSets.Reconciliation;

namespace PlanningServices.Rules;

/// <summary>Decides customers and partners, one after another, as of one business date under one policy pack.</summary>
public sealed class DecisionSession
{
    private readonly CompiledRules rules;
    private readonly PolicyPack pack;
    private readonly ReferenceView reference;
    private readonly DateOnly businessDate;

    internal DecisionSession(
        CompiledRules rules,
        PolicyPack pack,
        ReferenceView reference,
        DateOnly businessDate
    )
    {
        this.rules = rules;
        this.pack = pack;
        this.reference = reference;
        this.businessDate = businessDate;
    }

    /// <summary>Decides all that belongs to a customer. The rules see this customer and the reference data, nothing else.</summary>
    /// <exception cref="UndecidableFactsException">A fact of the customer refers to something that does not exist.</exception>
    /// <exception cref="PolicyNotInForceException">
    /// A date of the customer's facts is before the first version of a parameter.
    /// </exception>
    public CustomerDecisions Decide(CustomerFacts customer) => Decided(customer).Result();

    /// <summary>
    /// Decides the reconciliation of payments that name only an invoice number, in ordinal order of their ids; only of
    /// those that exist as of the business date. Where one request carries the number, the request's customer counts
    /// the payment as paid, too.
    /// </summary>
    public IReadOnlyList<Decision> Decide(IReadOnlyList<InvoicePayment> payments)
    {
        var decisions = new List<Decision>(payments.Count);
        var session = rules.Open();
        session.Decide(
            ReconciliationRuleSet.Payments,
            ReconciliationRuleSet.CasesOf(payments, new PolicyTerms(pack, businessDate), session),
            decisions
        );
        return decisions;
    }

    /// <summary>
    /// Decides which engagements a partner may deliver: the qualification for each that it has to do with, in ordinal
    /// order of their codes.
    /// </summary>
    /// <exception cref="RuleFaultException">A rule threw.</exception>
    public PartnerDecisions Decide(PartnerFacts partner)
    {
        var review = new NextReview();
        var cases = CasesOf(partner, review);
        var decisions = new List<Decision>(cases.Count);
        rules.Open().Decide(QualificationRuleSet.Table, cases, decisions);
        return new(partner.PartnerId, decisions, review.Date);
    }

    /// <summary>
    /// The same decisions, in the same order, each with what the partner has of what is asked.
    /// </summary>
    /// <param name="partner">The partner.</param>
    /// <param name="engagement">The code of the only engagement asked about; absent for all.</param>
    /// <exception cref="RuleFaultException">A rule threw.</exception>
    public IReadOnlyList<PartnerQualification> Qualifications(PartnerFacts partner, string? engagement = null)
    {
        var cases = CasesOf(partner, new())
            .FindAll(of => engagement is null || of.Engagement.Code == engagement);
        var decisions = new List<Decision>(cases.Count);
        rules.Open().Decide(QualificationRuleSet.Table, cases, decisions);
        return [.. cases.Zip(decisions, PartnerQualification.Of)];
    }

    /// <summary>Why a partner may or may not deliver an engagement.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="subjectId">The partner and the engagement, as <c>PARTNER/ENGAGEMENT</c>.</param>
    /// <returns>Null where the partner has nothing to do with the engagement as of the business date.</returns>
    public Explanation? Explain(PartnerFacts partner, string subjectId)
    {
        if (CasesOf(partner, new()).Find(c => c.SubjectId == subjectId) is not { } of)
        {
            return null;
        }

        var session = rules.Open();
        var decisions = new List<Decision>(1);
        session.Decide(QualificationRuleSet.Table, [of], decisions);
        return new(
            SubjectType.PartnerEngagement,
            subjectId,
            businessDate,
            FactSheet.Of(
                partner.InOrder(),
                [.. of.CompetenciesNamed, .. of.EnrollmentsInOffering, .. of.ExamsNamed]
            ),
            [session.Explain(QualificationRuleSet.Table, of, decisions[0], [of])]
        );
    }

    /// <summary>Why a customer's voucher, agreement, payment request or payment has its decisions.</summary>
    /// <returns>Null where the facts hold no such subject as of the business date.</returns>
    /// <exception cref="UndecidableFactsException">As for deciding.</exception>
    /// <exception cref="PolicyNotInForceException">As for deciding.</exception>
    public Explanation? Explain(CustomerFacts customer, SubjectType subject, string subjectId) =>
        Decided(customer).Explain(subject, subjectId, businessDate);

    /// <summary>Why a payment that names only an invoice number has its decision.</summary>
    /// <returns>Null where it is not paid yet as of the business date.</returns>
    public Explanation? Explain(InvoicePayment payment)
    {
        var session = rules.Open();
        if (
            ReconciliationRuleSet.CasesOf([payment], new PolicyTerms(pack, businessDate), session)
            is not [var match]
        )
        {
            return null;
        }

        var decisions = new List<Decision>(1);
        session.Decide(ReconciliationRuleSet.Payments, [match], decisions);
        return new(
            SubjectType.Payment,
            match.SubjectId,
            businessDate,
            FactSheet.Of(match.Payment, match.Allocations),
            [
                session.Explain(
                    ReconciliationRuleSet.Payments,
                    match,
                    decisions[0],
                    [.. match.AllocationShares, match]
                ),
            ]
        );
    }

    private List<PartnerEngagement> CasesOf(PartnerFacts partner, NextReview review)
    {
        var terms = new PolicyTerms(pack, new BusinessDate(businessDate, review));
        return QualificationRuleSet.CasesOf(partner.AsOf(terms.BusinessDate), terms);
    }

    private DecidedCustomer Decided(CustomerFacts customer) =>
        new(customer, rules, pack, reference, businessDate);
}
