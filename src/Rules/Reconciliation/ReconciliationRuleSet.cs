using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>
/// Do the payments agree with what was approved? Subjects: every payment request, and every payment.
/// </summary>
internal sealed class ReconciliationRuleSet(RuleSession session, PolicyTerms terms)
{
    public static readonly FindingTable<AccountOutcome> Requests = new(
        ("REC-NOT-APPROVED", AccountOutcome.PaidNotApproved),
        ("REC-PAID-TWICE", AccountOutcome.PaidTwice),
        ("REC-OVERPAID", AccountOutcome.Overpaid),
        ("REC-PARTLY-PAID", AccountOutcome.PartlyPaid),
        ("REC-OVERDUE", AccountOutcome.Overdue)
    );

    public static readonly FindingTable<PaymentOutcome> Payments = new(
        ("REC-UNMATCHED", PaymentOutcome.Unmatched),
        ("REC-CURRENCY", PaymentOutcome.CurrencyMismatch)
    );

    public void Decide(Chunk chunk)
    {
        session.Clear();
        foreach (var customer in chunk.Customers)
        {
            Match(customer);
            InsertCases(customer);
        }

        var found = session.Fire();
        foreach (var customer in chunk.Customers)
        {
            foreach (var request in customer.Requests)
            {
                Decide(request, found);
            }

            foreach (var match in customer.Matches)
            {
                customer.Add(DecisionOn(match, found));
                customer.Add(LineOf(match, found));
            }
        }
    }

    /// <summary>Decides payments that name only an invoice number.</summary>
    public InvoicePaymentDecisions Decide(List<PaymentMatch> matches)
    {
        session.Clear();
        session.InsertAll(matches);
        var found = session.Fire();
        return new(matches.ConvertAll(m => DecisionOn(m, found)), matches.ConvertAll(m => LineOf(m, found)));
    }

    /// <summary>Each payment that exists beside the one request with its invoice number, in order of their ids.</summary>
    public List<PaymentMatch> MatchesOf(IReadOnlyList<InvoicePayment> payments)
    {
        var matches = new List<PaymentMatch>(payments.Count);
        foreach (var (payment, candidates) in payments)
        {
            if (payment.PaidOn <= terms.BusinessDate)
            {
                var known = AsOfView.Known(candidates, terms.BusinessDate, r => r.SubmittedOn);
                matches.Add(new(payment, known.Count == 1 ? known[0] : null, known.Count));
            }
        }

        matches.Sort((a, b) => string.CompareOrdinal(a.PaymentId, b.PaymentId));
        return matches;
    }

    public RuleSetExplanation Explain(DecidedRequest request)
    {
        var decision = request.DecisionOf(RuleSetName.Reconciliation)!;
        var account = request.Account!;
        return new(
            RuleSetName.Reconciliation,
            decision,
            NotDecided: "",
            [
                Evidence.Of("approved", account.Approved),
                Evidence.Of("paid", account.Paid),
                Evidence.Of("payments", account.PaymentIds),
                Evidence.Of(account.PaymentDays),
                Evidence.Of("pay_by", account.PayBy),
            ],
            session.Explain(Requests.Codes, decision, account)
        );
    }

    public RuleSetExplanation Explain(PaymentMatch match, Decision decision) =>
        new(
            RuleSetName.Reconciliation,
            decision,
            NotDecided: "",
            [
                Evidence.Of("request_id", match.Request?.RequestId),
                Evidence.Of("request currency", match.Request?.Currency),
                Evidence.Of("requests it may be for", match.Candidates),
            ],
            session.Explain(Payments.Codes, decision, match)
        );

    private void InsertCases(DecidedCustomer customer)
    {
        foreach (var request in customer.Requests)
        {
            request.Account = new(request, terms);
            session.Insert(request.Account);
        }

        session.InsertAll(customer.Matches);
    }

    /// <summary>
    /// Gives each payment to its request. A payment that names its request is a subject here; one
    /// that names only an invoice number is decided apart, since it may be for anyone's request.
    /// </summary>
    private static void Match(DecidedCustomer customer)
    {
        foreach (var payment in customer.Facts.Payments)
        {
            var request = payment.RequestId is null
                ? OnlyRequestWith(payment.InvoiceNumber, customer)
                : customer.Requests.Find(r => r.RequestId == payment.RequestId);
            if (request is not null && request.Request.Currency == payment.Currency)
            {
                request.Payments.Add(payment);
            }

            if (payment.RequestId is not null)
            {
                customer.Matches.Add(new(payment, request?.Request, request is null ? 0 : 1));
            }
        }
    }

    /// <summary>The customer's request with that invoice number if no other request, of anyone, has it.</summary>
    private static DecidedRequest? OnlyRequestWith(string invoiceNumber, DecidedCustomer customer)
    {
        var own = customer.Requests.FindAll(r => r.Request.InvoiceNumber == invoiceNumber);
        return own.Count == 1 && !customer.Facts.OthersRequests.Exists(r => r.InvoiceNumber == invoiceNumber)
            ? own[0]
            : null;
    }

    private static void Decide(DecidedRequest request, Findings found)
    {
        var account = request.Account!;
        var findings = Requests.FindingsOn(request.RequestId, found);
        var outcome = Requests.OutcomeOf(
            findings,
            account switch
            {
                { Approved: 0 } => AccountOutcome.NothingDue,
                { Paid: 0 } => AccountOutcome.Due,
                _ => AccountOutcome.Paid,
            }
        );
        var text = Outcome<AccountOutcome>.Text(outcome);
        var amounts = $"approved={Written.Of(account.Approved)};paid={Written.Of(account.Paid)}";
        request.Customer.Add(
            new Decision(
                RuleSetName.Reconciliation,
                SubjectType.PaymentRequest,
                request.RequestId,
                text,
                findings,
                outcome is AccountOutcome.Overdue ? $"{amounts};band={account.AgeingBand()}" : amounts
            )
        );
        request.Customer.Add(
            new MoneyLine(
                SubjectType.PaymentRequest,
                request.RequestId,
                text,
                account.Currency,
                account.Approved,
                account.Paid
            )
        );
    }

    private static PaymentOutcome OutcomeOf(PaymentMatch match, Findings found) =>
        Payments.OutcomeOf(Payments.FindingsOn(match.PaymentId, found), PaymentOutcome.Matched);

    private static Decision DecisionOn(PaymentMatch match, Findings found)
    {
        var outcome = OutcomeOf(match, found);
        return new(
            RuleSetName.Reconciliation,
            SubjectType.Payment,
            match.PaymentId,
            Outcome<PaymentOutcome>.Text(outcome),
            Payments.FindingsOn(match.PaymentId, found),
            outcome is PaymentOutcome.Matched ? "request_id=" + match.Request!.RequestId : ""
        );
    }

    private static MoneyLine LineOf(PaymentMatch match, Findings found) =>
        new(
            SubjectType.Payment,
            match.PaymentId,
            Outcome<PaymentOutcome>.Text(OutcomeOf(match, found)),
            match.Currency,
            Approved: 0m,
            match.Amount
        );
}
