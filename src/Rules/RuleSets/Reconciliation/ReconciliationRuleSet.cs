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
            ]
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
            ]
    )
    {
        { "REC-UNMATCHED", PaymentOutcome.Unmatched },
        { "REC-CURRENCY", PaymentOutcome.CurrencyMismatch },
    };

    /// <summary>A case for each of a customer's payments, in their order.</summary>
    public static List<PaymentMatch> CasesOf(CustomerFacts facts)
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
                    : []
            )),
        ];
    }

    /// <summary>A case for each payment that exists on a date, in ordinal order of their ids.</summary>
    public static List<PaymentMatch> CasesOf(IReadOnlyList<InvoicePayment> payments, BusinessDate date) =>
        [
            .. payments
                .Known(date, p => p.Payment.PaidOn)
                .OrderBy(p => p.Payment.PaymentId, StringComparer.Ordinal)
                .Select(p => new PaymentMatch(p.Payment, p.Candidates.Known(date, r => r.SubmittedOn))),
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
