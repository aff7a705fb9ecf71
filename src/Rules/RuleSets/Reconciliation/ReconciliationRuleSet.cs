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
        .With("reconciliation.paid", a => a.Paid, "the sum of its payments", "7250.00")
        .With("reconciliation.pay_by", a => a.PayBy, "the last day on which payment is in time", "2021-01-09")
        .WithAll(
            "payment_requests",
            FactFields.Request,
            "the customer's payment requests, this one too",
            a => a.Customer!.Facts.Requests
        )
        .WithAll("payments", FactFields.Payment, "the payments for this request", a => a.Payments);

    private static readonly Vocabulary<PaymentMatch> OfPayments = new Vocabulary<PaymentMatch>(m => m.Terms)
        .With(FactFields.Payment, m => m.Payment)
        .With(FactFields.Request, m => m.Request);

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
            match.Outcome is PaymentOutcome.Matched ? match.Request!.RequestId : null
        ),
        basis: match =>
            [
                Evidence.Of("request_id", match.Request?.RequestId),
                Evidence.Of("request currency", match.Request?.Currency),
                Evidence.Of("requests it may be for", match.Candidates.Count),
            ],
        OfPayments
    )
    {
        { "REC-UNMATCHED", PaymentOutcome.Unmatched },
        { "REC-CURRENCY", PaymentOutcome.CurrencyMismatch },
    };

    /// <summary>A case for each of a customer's payments, in their order.</summary>
    public static List<PaymentMatch> CasesOf(CustomerFacts facts, PolicyTerms terms)
    {
        var byId = facts.Requests.ToDictionary(r => r.RequestId, StringComparer.Ordinal);
        var byInvoice = facts
            .Requests.Concat(facts.OthersRequests)
            .ToLookup(r => r.InvoiceNumber, StringComparer.Ordinal);
        return
        [
            .. facts.Payments.Select(p => new PaymentMatch(
                p,
                p.RequestId is null ? [.. byInvoice[p.InvoiceNumber]]
                    : byId.TryGetValue(p.RequestId, out var named) ? [named]
                    : [],
                terms
            )),
        ];
    }

    /// <summary>A case for each payment that exists on a date, in ordinal order of their ids.</summary>
    public static List<PaymentMatch> CasesOf(IReadOnlyList<InvoicePayment> payments, PolicyTerms terms) =>
        [
            .. payments
                .Known(terms.BusinessDate, p => p.Payment.PaidOn)
                .OrderBy(p => p.Payment.PaymentId, StringComparer.Ordinal)
                .Select(p => new PaymentMatch(
                    p.Payment,
                    p.Candidates.Known(terms.BusinessDate, r => r.SubmittedOn),
                    terms
                )),
        ];

    /// <summary>A case for each payment request, in their order, with the payments that were decided to match it.</summary>
    public static List<Account> CasesOf(
        IEnumerable<Submission> submissions,
        IEnumerable<PaymentMatch> matches
    )
    {
        var paymentsFor = matches
            .Where(m => m.Outcome is PaymentOutcome.Matched)
            .ToLookup(m => m.Request!.RequestId, m => m.Payment, StringComparer.Ordinal);
        return [.. submissions.Select(s => new Account(s, [.. paymentsFor[s.Request.RequestId]]))];
    }
}
