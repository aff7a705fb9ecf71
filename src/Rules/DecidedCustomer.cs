using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Eligibility;
using PlanningServices.Rules.RuleSets.Entitlement;
using PlanningServices.Rules.RuleSets.Expiry;
using PlanningServices.Rules.RuleSets.Payments;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Rules.RuleSets.Retirement;

namespace PlanningServices.Rules;

/// <summary>
/// One customer, decided: the rule sets one after the other, in one session, each reading what those before it decided.
/// </summary>
internal sealed class DecidedCustomer
{
    private readonly RuleSession session;
    private readonly NextReview review = new();
    private readonly CustomerFacts facts;
    private readonly List<Decision> decisions = [];
    private readonly List<RetirementCase> retirements;
    private readonly List<VoucherLife> lives;
    private readonly List<AgreementBalance> balances;
    private readonly List<Reservation> reservations;
    private readonly List<Submission> submissions;
    private readonly List<Redemption> redemptions;
    private readonly List<PaymentMatch> matches;
    private readonly List<Account> accounts;

    /// <summary>Decides the customer.</summary>
    /// <exception cref="UndecidableFactsException">A fact refers to something that does not exist.</exception>
    /// <exception cref="PolicyNotInForceException">A date is before the first version of a parameter.</exception>
    public DecidedCustomer(
        CustomerFacts customer,
        CompiledRules rules,
        PolicyPack pack,
        ReferenceView reference,
        DateOnly businessDate
    )
    {
        var terms = new PolicyTerms(pack, new BusinessDate(businessDate, review));
        facts = customer.AsOf(terms.BusinessDate);
        session = rules.Open(new CustomerData(facts, reference));
        var agreements = AgreementsById(facts);

        retirements = RetirementRuleSet.CasesOf(facts, terms);
        session.Decide(RetirementRuleSet.Table, retirements, decisions);

        lives = ExpiryRuleSet.CasesOf(retirements, agreements);
        session.Decide(ExpiryRuleSet.Table, lives, decisions);

        var grants = EntitlementRuleSet.GrantsOf(facts, terms);
        session.Fire(grants);
        balances = EntitlementRuleSet.CasesOf(facts, grants, lives, terms);
        session.Decide(EntitlementRuleSet.Table, balances, decisions);

        reservations = EligibilityRuleSet.CasesOf(lives, reference);
        session.Decide(EligibilityRuleSet.Table, reservations, decisions);

        submissions = PaymentRuleSet.CasesOf(
            facts,
            lives.ToDictionary(l => l.SubjectId, StringComparer.Ordinal),
            reservations.ToDictionary(r => r.SubjectId, StringComparer.Ordinal),
            reference,
            terms
        );
        session.Decide(PaymentRuleSet.Requests, submissions, decisions);
        redemptions = PaymentRuleSet.CasesOf(lives, submissions);
        session.Decide(PaymentRuleSet.Redemptions, redemptions, decisions);

        matches = ReconciliationRuleSet.CasesOf(facts, terms, session);
        DecideMatches();
        accounts = ReconciliationRuleSet.CasesOf(submissions, matches);
        session.Decide(ReconciliationRuleSet.Requests, accounts, decisions);
    }

    /// <summary>All decisions, in the order of the rule sets, then of subject ids, and what follows from them.</summary>
    public CustomerDecisions Result()
    {
        decisions.Sort(
            (a, b) =>
                a.RuleSet != b.RuleSet ? a.RuleSet.CompareTo(b.RuleSet)
                : string.CompareOrdinal(a.SubjectId, b.SubjectId) is not 0 and var byId ? byId
                : a.Subject.CompareTo(b.Subject)
        );
        var effects = lives.ConvertAll(l => new VoucherEffect(
            l.SubjectId,
            l.Agreement.AgreementId,
            ExpiryRuleSet.Status.OutcomeOf(l),
            l.DaysReturned
        ));
        // What is read for the effects counts for the review, too.
        return new(facts.CustomerId, decisions, effects, review.Date);
    }

    /// <summary>Why a subject has its decisions; null where there is none of that id.</summary>
    public Explanation? Explain(SubjectType subject, string id, DateOnly businessDate) =>
        subject switch
        {
            SubjectType.Voucher => lives.Find(l => l.SubjectId == id) is { } life
                ? new(
                    subject,
                    id,
                    businessDate,
                    FactSheet.Of(life.Voucher, facts.CustomerId),
                    [
                        Explain(RetirementRuleSet.Table, life.Retirement),
                        Explain(ExpiryRuleSet.Table, life) with
                        {
                            Consequences = [.. ExpiryRuleSet.ConsequencesOf(life)],
                        },
                        reservations.Find(r => r.SubjectId == id) is { } reservation
                            ? Explain(EligibilityRuleSet.Table, reservation)
                            : NotDecided(RuleSetName.Eligibility, EligibilityRuleSet.NotDecided(life)),
                        redemptions.Find(r => r.SubjectId == id) is { } redemption
                            ? Explain(PaymentRuleSet.Redemptions, redemption)
                            : NotDecided(RuleSetName.Payment, PaymentRuleSet.NotDecided(life)),
                    ]
                )
                : null,
            SubjectType.Agreement => balances.Find(b => b.SubjectId == id) is { } balance
                ? new(
                    subject,
                    id,
                    businessDate,
                    FactSheet.Of(balance.Agreement, [.. balance.Grants.Select(g => g.Grant)]),
                    [Explain(EntitlementRuleSet.Table, balance, [.. balance.Grants, balance])]
                )
                : null,
            SubjectType.PaymentRequest => accounts.Find(a => a.SubjectId == id) is { } account
                ? new(
                    subject,
                    id,
                    businessDate,
                    FactSheet.Of(account.Request),
                    [
                        Explain(PaymentRuleSet.Requests, account.Submission),
                        Explain(ReconciliationRuleSet.Requests, account),
                    ]
                )
                : null,
            SubjectType.Payment => matches.Find(m => m.SubjectId == id && IsDecidedHere(m)) is { } match
                ? new(
                    subject,
                    id,
                    businessDate,
                    FactSheet.Of(match.Payment, match.Allocations),
                    [Explain(ReconciliationRuleSet.Payments, match, [.. match.AllocationShares, match])]
                )
                : null,
            SubjectType.PartnerEngagement => null,
        };

    /// <summary>
    /// Decides which requests each payment is for. A payment that names no request is no subject here, since it may be
    /// for anyone's request: it is decided apart. One that names a request of another customer is decided with that one.
    /// </summary>
    private void DecideMatches()
    {
        var decided = new List<Decision>(matches.Count);
        session.Decide(ReconciliationRuleSet.Payments, matches, decided);
        for (var i = 0; i < matches.Count; i++)
        {
            if (IsDecidedHere(matches[i]))
            {
                decisions.Add(decided[i]);
            }
        }
    }

    private bool IsDecidedHere(PaymentMatch match) =>
        match.Payment.RequestId is not null && !facts.OthersPayments.Contains(match.Payment);

    private RuleSetExplanation Explain<TCase, TOutcome>(
        DecisionTable<TCase, TOutcome> table,
        TCase of,
        params IReadOnlyList<Case> cases
    )
        where TCase : Case<TOutcome>
        where TOutcome : struct, Enum =>
        session.Explain(
            table,
            of,
            decisions.First(d =>
                d.RuleSet == table.RuleSet && d.Subject == table.Subject && d.SubjectId == of.SubjectId
            ),
            cases.Count == 0 ? [of] : cases
        );

    private static RuleSetExplanation NotDecided(RuleSetName ruleSet, string? why) =>
        new(ruleSet, Decision: null, why!, [], []);

    private static Dictionary<string, Agreement> AgreementsById(CustomerFacts facts)
    {
        var agreements = facts.Agreements.ToDictionary(a => a.AgreementId, StringComparer.Ordinal);
        foreach (var grant in facts.Grants)
        {
            Check("entitlement_grant", "Grant", grant.GrantId, grant.AgreementId);
        }

        foreach (var voucher in facts.Vouchers)
        {
            Check("voucher", "Voucher", voucher.VoucherId, voucher.AgreementId);
        }

        return agreements;

        void Check(string fact, string kind, string id, string agreementId)
        {
            if (!agreements.ContainsKey(agreementId))
            {
                throw new UndecidableFactsException(
                    $"{fact} {id}",
                    $"{kind} '{id}' is on agreement '{agreementId}', which is not among the facts of its customer. "
                        + "Import the agreement."
                );
            }
        }
    }
}
