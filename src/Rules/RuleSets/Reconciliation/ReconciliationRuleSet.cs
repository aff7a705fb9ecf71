using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Payments;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>
/// Do the payments agree with what was approved? Subjects: every payment request, and every payment.
/// </summary>
internal static class ReconciliationRuleSet
{
    private static readonly Vocabulary<Account> OfRequests = new Vocabulary<Account>(a => a.Terms)
        .With(FactFields.Request, a => a.Request)
        .With(FactFields.Voucher, a => a.Submission.Voucher)
        .With(FactFields.Location, a => a.Submission.Location)
        .With("payment.outcome", a => a.Submission.Outcome, "what payment decided", "\"Approved\"")
        .With("reconciliation.approved", a => a.Approved, "the approved amount; 0 unless Approved", "7250.00")
        .With(
            "reconciliation.paid",
            a => a.Paid,
            "the sum of its payments, and of what is allocated to it",
            "7250.00"
        )
        .With("reconciliation.pay_by", a => a.PayBy, "the last day on which payment is in time", "2021-01-09")
        .WithAll(
            "payment_requests",
            FactFields.Request,
            "the customer's payment requests, this one too",
            a => a.Customer!.Facts.Requests
        )
        .WithAll(
            "payments",
            FactFields.Payment,
            "the payments for this request; of a payment that is allocated, the amount is what counts for this request",
            a => a.Payments
        );

    private static readonly Vocabulary<PaymentMatch> OfPayments = new Vocabulary<PaymentMatch>(m => m.Terms)
        .With(FactFields.Payment, m => m.Payment)
        .With(FactFields.Request, m => m.Request)
        .With(
            "reconciliation.allocated",
            m => m.Allocated,
            "the sum of its allocations that count",
            "7250.00"
        )
        .WithAll(
            "payment_allocations",
            FactFields.Allocation,
            "the allocations of this payment",
            m => m.Allocations
        );

    public static readonly DecisionTable<Account, AccountOutcome> Requests = new(
        RuleSetName.Reconciliation,
        SubjectType.PaymentRequest,
        otherwise: AccountOutcome.NothingDue,
        values: account => new AccountValues(
            account.Request.Currency,
            account.Approved,
            account.Paid,
            account.Outcome is AccountOutcome.Overdue ? account.AgeingBand() : null
        ),
        basis: account =>
            [
                Evidence.Of("approved", account.Approved),
                Evidence.Of("paid", account.Paid),
                Evidence.Of("payments", account.PaymentIds),
                Evidence.Of(account.Terms.PaymentDays),
                Evidence.Of("pay_by", account.PayBy),
            ],
        OfRequests
    )
    {
        { "REC-NOT-APPROVED", AccountOutcome.PaidNotApproved },
        { "REC-PAID-TWICE", AccountOutcome.PaidTwice },
        { "REC-OVERPAID", AccountOutcome.Overpaid },
        { "What was approved is paid.", a => a.Approved > 0 && a.Paid == a.Approved, AccountOutcome.Paid },
        { "REC-PARTLY-PAID", AccountOutcome.PartlyPaid },
        { "REC-OVERDUE", AccountOutcome.Overdue },
        { "It is approved, and nothing is paid.", a => a.Approved > 0 && a.Paid == 0, AccountOutcome.Due },
    };

    public static readonly DecisionTable<PaymentMatch, PaymentOutcome> Payments = new(
        RuleSetName.Reconciliation,
        SubjectType.Payment,
        otherwise: PaymentOutcome.Matched,
        values: match => new PaymentValues(
            match.Payment.Currency,
            match.Payment.Amount,
            match.Outcome is PaymentOutcome.Matched ? match.Request?.RequestId : null,
            match.AllocationShares.Count > 0 ? match.Allocated : null
        ),
        basis: match =>
            [
                Evidence.Of("request_id", match.Request?.RequestId),
                Evidence.Of("request currency", match.Request?.Currency),
                Evidence.Of("requests it may be for", match.Candidates.Count),
                Evidence.Of("allocations", match.AllocationShares.Count),
                Evidence.Of("allocated", match.Allocated),
            ],
        OfPayments
    )
    {
        { "REC-UNMATCHED", PaymentOutcome.Unmatched },
        { "REC-CURRENCY", PaymentOutcome.CurrencyMismatch },
        { "REC-PARTLY-MATCHED", PaymentOutcome.PartlyMatched },
        { "REC-ALLOCATION", null },
    };

    /// <summary>A case for each of a customer's payments, in their order, then for those of others.</summary>
    /// <param name="facts">The customer's facts as of the business date.</param>
    /// <param name="terms">The policy values.</param>
    /// <param name="session">The session, which decides first which allocations count.</param>
    public static List<PaymentMatch> CasesOf(CustomerFacts facts, PolicyTerms terms, RuleSession session)
    {
        if (facts.Payments.Count == 0 && facts.OthersPayments.Count == 0)
        {
            return [];
        }

        var requests = facts.Requests.Concat(facts.OthersRequests).ToList();
        var byId = requests.ToDictionary(r => r.RequestId, StringComparer.Ordinal);
        var byInvoice = requests.ToLookup(r => r.InvoiceNumber, StringComparer.Ordinal);
        List<Payment> payments = [.. facts.Payments, .. facts.OthersPayments];
        var shares = SharesOf(payments, facts.Allocations, byId, session);
        return
        [
            .. payments.Select(p => new PaymentMatch(
                p,
                p.RequestId is null ? [.. byInvoice[p.InvoiceNumber]]
                    : byId.TryGetValue(p.RequestId, out var named) ? [named]
                    : [],
                shares.TryGetValue(p.PaymentId, out var allocated) ? allocated : [],
                terms
            )),
        ];
    }

    /// <summary>A case for each payment that exists on a date, in ordinal order of their ids.</summary>
    /// <param name="payments">The payments.</param>
    /// <param name="terms">The policy values.</param>
    /// <param name="session">The session, which decides first which allocations count.</param>
    public static List<PaymentMatch> CasesOf(
        IReadOnlyList<InvoicePayment> payments,
        PolicyTerms terms,
        RuleSession session
    )
    {
        var date = terms.BusinessDate;
        var known = payments
            .Known(date, p => p.Payment.PaidOn)
            .OrderBy(p => p.Payment.PaymentId, StringComparer.Ordinal)
            .ToList();
        var shares = SharesOf(
            known.ConvertAll(p => p.Payment),
            known.SelectMany(p => p.Allocations).Known(date, a => a.AllocatedOn),
            known
                .SelectMany(p => p.AllocatedRequests)
                .Known(date, r => r.SubmittedOn)
                .DistinctBy(r => r.RequestId, StringComparer.Ordinal)
                .ToDictionary(r => r.RequestId, StringComparer.Ordinal),
            session
        );
        return known.ConvertAll(p => new PaymentMatch(
            p.Payment,
            p.Candidates.Known(date, r => r.SubmittedOn),
            shares.TryGetValue(p.Payment.PaymentId, out var allocated) ? allocated : [],
            terms
        ));
    }

    /// <summary>
    /// The allocations of payments in their order, with what the rules found on them. What is left of a payment for an
    /// allocation depends on whether those before it count, so the rules fire for the first of each payment, then for the second.
    /// </summary>
    private static Dictionary<string, List<AllocationShare>> SharesOf(
        IReadOnlyList<Payment> payments,
        IReadOnlyList<PaymentAllocation> allocations,
        Dictionary<string, PaymentRequest> requests,
        RuleSession session
    )
    {
        var shares = new Dictionary<string, List<AllocationShare>>(StringComparer.Ordinal);
        if (allocations.Count == 0)
        {
            return shares;
        }

        var allocationsOf = allocations
            .OrderBy(a => a.AllocatedOn)
            .ThenBy(a => a.RequestId, StringComparer.Ordinal)
            .ToLookup(a => a.PaymentId, StringComparer.Ordinal);
        var open = payments
            .Where(p => allocationsOf.Contains(p.PaymentId))
            .Select(p => (Payment: p, Allocations: allocationsOf[p.PaymentId].ToList()))
            .ToList();
        open.ForEach(p => shares.Add(p.Payment.PaymentId, []));
        for (var i = 0; open.Count > 0; i++)
        {
            var next = open.ConvertAll(p => new AllocationShare(
                p.Allocations[i],
                p.Payment,
                requests.GetValueOrDefault(p.Allocations[i].RequestId),
                p.Payment.Amount - shares[p.Payment.PaymentId].Sum(s => s.Counted)
            ));
            session.Fire(next);
            next.ForEach(s => shares[s.Payment.PaymentId].Add(s));
            open.RemoveAll(p => p.Allocations.Count == i + 1);
        }

        return shares;
    }

    /// <summary>A case for each payment request, in their order, with the payments that were decided to match it.</summary>
    public static List<Account> CasesOf(
        IEnumerable<Submission> submissions,
        IEnumerable<PaymentMatch> matches
    )
    {
        var paymentsFor = matches
            .SelectMany(m => m.Paid())
            .OrderBy(p => p.Payment.PaymentId, StringComparer.Ordinal)
            .ToLookup(p => p.RequestId, p => p.Payment, StringComparer.Ordinal);
        return [.. submissions.Select(s => new Account(s, [.. paymentsFor[s.Request.RequestId]]))];
    }
}
